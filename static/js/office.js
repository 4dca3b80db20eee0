// Select2 names its box by its value alone, which is nothing while empty: put the field's label before it.
function nameBoxes(root) {
  for (const select of root.querySelectorAll("select.select2-hidden-accessible[id]")) {
    const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
    const box = select.parentElement.querySelector(".select2-selection[role='combobox']");
    if (!label || !box) continue;
    for (const value of box.querySelectorAll("[role='textbox']")) {
      value.removeAttribute("role");
      value.removeAttribute("aria-readonly");
    }
    label.id ||= `${select.id}_label`;
    const names = (box.getAttribute("aria-labelledby") ?? "").split(" ").filter(Boolean);
    if (!names.includes(label.id)) box.setAttribute("aria-labelledby", [label.id, ...names].join(" "));
  }
}

// Select2 starts in a timer of its own after the page is ready.
addEventListener("load", () => setTimeout(nameBoxes, 200, document));
document.addEventListener("formset:added", (event) => setTimeout(() => nameBoxes(event.target)));
