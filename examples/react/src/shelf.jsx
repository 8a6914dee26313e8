/** Attributes become the custom element's own; React 19 leaves its children, the fallback, alone. */
export function Shelf({ placement, limit, item, heading, children }) {
  return (
    <windowshop-shelf placement={placement} limit={limit} item={item} heading={heading}>
      {children}
    </windowshop-shelf>
  )
}
