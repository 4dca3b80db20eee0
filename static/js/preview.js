// A link that opens the page in a window of the size of a telephone. Without JavaScript, or where
// the browser keeps windows back, it opens as any other page.
for (const link of document.querySelectorAll("[data-phone]")) {
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    const opened = window.open(link.href, "xem-truoc", "popup,width=390,height=844");
    if (opened) event.preventDefault();
  });
}
