// The box of an article becomes an editor. Without this script it is a plain text area whose text
// means the same; with it the box carries the HTML that the server gave beside the text.
import { said } from "./rich-words.js";
import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
  Editor,
  Gapcursor,
  HardBreak,
  Heading,
  History,
  Italic,
  Link,
  ListItem,
  Menu,
  NoSpellCheck,
  OrderedList,
  Paragraph,
  Text,
} from "../django_prose_editor/editor.js";
import { ordinary } from "./rich-word.js";

const PARTS = [
  Document,
  Dropcursor,
  Gapcursor,
  Paragraph,
  HardBreak,
  Text,
  History,
  Menu,
  NoSpellCheck,
  Blockquote,
  Bold,
  BulletList,
  Heading.configure({ levels: [2, 3, 4] }),
  Italic,
  Link.configure({ enableTarget: false, openOnClick: false }),
  ListItem,
  OrderedList,
];

const HELP = "Bôi đen chữ rồi bấm nút ở trên để đặt đề mục, danh sách, liên kết. Chỗ đặt ảnh: một dòng riêng [ảnh 1].";

for (const box of document.querySelectorAll("textarea[data-html]")) {
  const place = document.createElement("div");
  place.className = "prose-editor";
  box.before(place);
  place.append(box);
  box.value = box.dataset.html;
  const label = document.querySelector(`label[for="${box.id}"]`);
  const help = document.getElementById(`${box.id}_helptext`);
  if (help) help.textContent = HELP;
  const attributes = { role: "textbox", "aria-multiline": "true", "aria-label": label?.textContent.trim() ?? "" };
  const speak = () => {
    for (const button of place.querySelectorAll(".prose-menubar [title]")) {
      button.title = said(button.title);
      button.setAttribute("aria-label", button.title);
    }
    for (const words of place.querySelectorAll(".prose-menubar__option > *")) words.textContent = said(words.textContent);
  };
  new Editor({
    element: place,
    extensions: PARTS,
    content: box.value,
    injectCSS: false, // the content policy lets no style in; css/parts/rich.css has what is needed
    editorProps: { attributes, transformPastedHTML: ordinary },
    onCreate: speak,
    onTransaction: speak, // the menu shows the kind of the paragraph anew
    onUpdate: ({ editor }) => {
      box.value = editor.isEmpty ? "" : editor.getHTML();
      box.dispatchEvent(new Event("input", { bubbles: true }));
    },
  });
}
