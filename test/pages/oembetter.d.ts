/** Types for the npm package `oembetter`, which has no types of its own. */
declare module 'oembetter' {
  type Bounds = { maxwidth?: number; maxheight?: number }
  type Answer = (fault: Error | null, response?: unknown) => void
  export default function oembetter(): { fetch: (url: string, bounds: Bounds, answer: Answer) => void }
}
