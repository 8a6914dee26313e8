/** A list as links, which a live shelf replaces. */
export function Shelf({ placement, item, limit, title, cards }) {
  return (
    <windowshop-shelf placement={placement} item={item} limit={limit}>
      <div className="windowshop-list">
        <h2>{title}</h2>
        <ul>
          {cards.map(({ id, url, image, title, priceText }) => (
            <li key={id}>
              <a href={url}>
                <span className="picture">{image && <img src={image} alt="" loading="lazy" />}</span>
                <span className="title" dir="auto">
                  {title}
                </span>
              </a>
              <span className="price">{priceText}</span>
            </li>
          ))}
        </ul>
      </div>
    </windowshop-shelf>
  )
}
