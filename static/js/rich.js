// The box of an article becomes an editor. Without this script it is a plain text area whose text
// means the same; with it the box carries the HTML that the server gave beside the text.
import "./rich-words.js";
import {
  Blockquote,
  Bold,
  BulletList,
  Document,
  Dropcursor,
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
  createTextareaEditor,
} from "../django_prose_editor/editor.js";
import { ordinary } from "./rich-word.js";

for (const box of document.querySelectorAll("textarea[data-html]")) {
  if (box.closest(".prose-editor")) continue;
  box.value = box.dataset.html;
  const editor = createTextareaEditor(box, [
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
    Link.configure({ enableTarget: false }),
    ListItem,
    OrderedList,
  ]);
  editor.setOptions({ editorProps: { ...editor.options.editorProps, transformPastedHTML: ordinary } });
  const area = editor.view.dom;
  area.setAttribute("role", "textbox");
  area.setAttribute("aria-multiline", "true");
  area.setAttribute("aria-label", document.querySelector(`label[for="${box.id}"]`)?.textContent.trim() ?? "");
}
