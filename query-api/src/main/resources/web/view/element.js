// Making and updating elements. Text goes in as text only: agent ids and errors are hostile input.

/** el("td", { class: "id", title: "..." }, "text", child). Properties are attributes. */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    attr(node, name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Sets the text if it differs, so that a selection survives a refresh. */
export function text(node, words) {
  const wanted = String(words);
  if (node.textContent !== wanted) {
    node.textContent = wanted;
  }
}

/** Null or false removes the attribute, true makes it empty. */
export function attr(node, name, value) {
  if (value === null || value === undefined || value === false) {
    node.removeAttribute(name);
    return;
  }
  const wanted = value === true ? "" : String(value);
  if (node.getAttribute(name) !== wanted) {
    node.setAttribute(name, wanted);
  }
}

/** A button that does one thing. */
export function button(label, onClick, attributes = {}) {
  const node = el("button", { type: "button", ...attributes }, label);
  node.addEventListener("click", onClick);
  return node;
}

const rowsOf = new WeakMap();

/**
 * Makes the children of parent match items, one node per key. A node lives as long as its key, so
 * focus, selection and open details survive.
 */
export function keyed(parent, items, keyOf, create, update) {
  const old = rowsOf.get(parent) ?? new Map();
  const rows = new Map();
  let next = parent.firstChild;
  for (const item of items) {
    const key = keyOf(item);
    if (rows.has(key)) {
      continue; // the API promises unique keys; a broken answer must not break the page
    }
    const row = old.get(key) ?? create(item);
    update(row, item);
    rows.set(key, row);
    if (row === next) {
      next = next.nextSibling;
    } else {
      place(parent, row, next);
    }
  }
  for (const [key, row] of old) {
    if (rows.get(key) !== row) {
      row.remove();
    }
  }
  rowsOf.set(parent, rows);
}

function place(parent, row, next) {
  if (row.isConnected && parent.moveBefore) {
    parent.moveBefore(row, next); // keeps the focus
  } else {
    parent.insertBefore(row, next);
  }
}

/** One of a few: a group of buttons, the chosen one pressed. Returns the group. */
export function choice(label, options, chosen, onChoose) {
  const group = el("div", { class: "choice", role: "group", "aria-label": label });
  for (const [value, words] of options) {
    const choose = () => {
      for (const other of group.children) {
        attr(other, "aria-pressed", String(other === node));
      }
      onChoose(value);
    };
    const node = button(words, choose, { "aria-pressed": String(value === chosen) });
    group.append(node);
  }
  return group;
}
