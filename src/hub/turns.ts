/** Does the work for each item, at most so many at a time; the results stand in the order of the items. */
export async function inTurns<Item, Done>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Done>,
): Promise<Done[]> {
  const done: Done[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const at = next++
      done[at] = await work(items[at] as Item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, worker))
  return done
}
