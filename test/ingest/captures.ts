import { type Beside, parseCapture } from '../../src/ingest/capture.ts'

/** The paragraphs of an article in the captures of the tests. */
export const paragraphs = [
  'La mairie annonce que le pont couvert rouvrira lundi matin, après trois mois de travaux, aux piétons et aux cyclistes.',
  'Le chantier a coûté deux millions de dollars, dont la moitié est payée par la province.',
  'Une fête est prévue samedi avec de la musique, un marché et un discours de la mairesse.',
]

/** The article that is found in a capture, with its warnings. Throws if the capture is refused. */
export function readCapture(capture: string, beside: Beside = {}) {
  const result = parseCapture(capture, beside)
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  const { value, warnings } = result.value
  const names = (value.authors ?? []).map((author) => (typeof author === 'string' ? author : author.name))
  return { ...value, names, paragraphs: value.text?.split('\n\n') ?? [], warnings }
}
