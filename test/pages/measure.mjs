/**
 * Runs in the browser: the lines of the page as they were laid out, in the
 * order of the markup. Boxes are in CSS pixels from the top left.
 */
export function measure() {
  const lines = [];
  const blocks = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const vertical = getComputedStyle(document.body).writingMode.startsWith("vertical");
  const [along, across] = vertical ? [1, 0] : [0, 1];
  const range = document.createRange();
  let open;
  const add = (node, holder, at, size) => {
    range.setStart(node, at);
    range.setEnd(node, at + size);
    const rect = range.getClientRects()[0];
    if (!rect || rect.width === 0 || rect.height === 0) return;
    const box = [rect.left, rect.top, rect.right, rect.bottom];
    const extent = open ? open.box[across + 2] - open.box[across] : 0;
    const middle = (box[across] + box[across + 2]) / 2;
    const goesOn =
      open &&
      open.holder === holder &&
      middle > open.box[across] - extent * 0.2 &&
      middle < open.box[across + 2] + extent * 0.2 &&
      box[along] >= open.last - extent * 0.5;
    if (!goesOn) {
      if (!blocks.has(holder)) blocks.set(holder, blocks.size);
      open = { holder, text: "", box, last: box[along] };
      lines.push(open);
    }
    open.text += node.data.slice(at, at + size);
    open.last = box[along + 2];
    open.box = [
      Math.min(open.box[0], box[0]),
      Math.min(open.box[1], box[1]),
      Math.max(open.box[2], box[2]),
      Math.max(open.box[3], box[3]),
    ];
  };
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const holder = node.parentElement.closest("[data-role]");
    if (!holder) continue;
    for (let at = 0; at < node.data.length; at++) add(node, holder, at, 1);
  }
  const content = [...document.body.children].filter((each) => getComputedStyle(each).position !== "absolute");
  const height = Math.max(...content.map((each) => each.getBoundingClientRect().bottom)) + 56;
  const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.body;
  return {
    lines: lines
      .map(({ holder, text, box }) => ({
        text: text.trim(),
        box,
        role: holder.dataset.role,
        block: blocks.get(holder),
        ...(holder.dataset.article ? { article: Number(holder.dataset.article) } : {}),
        ...(holder.dataset.row ? { row: Number(holder.dataset.row) } : {}),
      }))
      .filter((line) => line.text !== ""),
    height: vertical ? Number.POSITIVE_INFINITY : height,
    overflow: [Math.max(0, scrollWidth - clientWidth), Math.max(0, scrollHeight - clientHeight)],
  };
}
