// "Gửi ảnh" hands the picture of the receipt to Zalo where the phone can; else the link saves it.
const link = document.querySelector("[data-share]");

async function share(event) {
  if (!navigator.canShare) return;
  event.preventDefault();
  try {
    const answer = await fetch(link.href, { cache: "no-store" });
    if (!answer.ok) throw new Error("refused");
    const file = new File([await answer.blob()], link.download, { type: "image/png" });
    if (!navigator.canShare({ files: [file] })) throw new Error("no files");
    await navigator.share({ files: [file], title: link.dataset.share });
  } catch (error) {
    // Closing the sheet is a choice; anything else goes the plain way.
    if (error.name !== "AbortError") location.assign(link.href);
  }
}

link?.addEventListener("click", share);
