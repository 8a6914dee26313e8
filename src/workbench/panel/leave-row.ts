/** Moves the focus from a button of a row that is about to go: to its neighbour's, or to the head of their section. */
export function leaveRow({ currentTarget }: Event): void {
  const row = (currentTarget as Element).closest('li')
  const neighbours = [row?.nextElementSibling, row?.previousElementSibling, row?.closest('details')]
  neighbours
    .map((near) => near?.querySelector<HTMLElement>('button, summary'))
    .find(Boolean)
    ?.focus()
}
