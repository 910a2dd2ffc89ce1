// Which clicks lead away from the page.

const isPlainClick = (event, link) => !link.target && !link.download && !event.ctrlKey && !event.metaKey && !event.shiftKey;

/** The link that `event` (a click) follows in this window to another page; null where it does not. */
export const followed = (event) => {
  const link = event.target.closest("a[href]");
  if (!link || !isPlainClick(event, link)) return null;
  return link.hash && link.pathname === window.location.pathname ? null : link;
};
