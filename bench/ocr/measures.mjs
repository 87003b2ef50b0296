// How far a reading is from what a page says. Texts are compared in compatibility form (NFKC) without blanks.

/** A text as it is compared. */
export const plain = (text) => text.normalize("NFKC").replace(/\s+/g, "");

/** Edit distance of two texts (Levenshtein, UTF-16 code units). */
export function distance(a, b) {
  const row = Uint32Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    let corner = row[0];
    row[0] = i;
    const code = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j++) {
      const kept = corner + (b.charCodeAt(j - 1) === code ? 0 : 1);
      corner = row[j];
      row[j] = Math.min(kept, row[j] + 1, row[j - 1] + 1);
    }
  }
  return row[b.length];
}

/** The stretch of `text` that is nearest to `line`: its edit distance and its half-open range. */
export function nearest(line, text) {
  const size = text.length + 1;
  const cost = new Uint32Array(size);
  const from = Uint32Array.from({ length: size }, (_, at) => at);
  for (let i = 1; i <= line.length; i++) {
    let corner = cost[0];
    let cornerFrom = from[0];
    cost[0] = i;
    const code = line.charCodeAt(i - 1);
    for (let j = 1; j < size; j++) {
      const kept = corner + (text.charCodeAt(j - 1) === code ? 0 : 1);
      const keptFrom = cornerFrom;
      corner = cost[j];
      cornerFrom = from[j];
      const above = cost[j] + 1;
      const left = cost[j - 1] + 1;
      if (kept <= above && kept <= left) {
        cost[j] = kept;
        from[j] = keptFrom;
      } else if (above <= left) cost[j] = above;
      else {
        cost[j] = left;
        from[j] = from[j - 1];
      }
    }
  }
  let end = 0;
  for (let j = 1; j < size; j++) if (cost[j] < cost[end]) end = j;
  return { errors: cost[end], start: from[end], end };
}

const NUMBER = /\d[\d.,]*\d%?|\d%?/g;

/**
 * Compares a page's text as read with its truth. `lineErrors` are wrong
 * characters line by line, wherever each line was read; `pageErrors` those of
 * the whole page in reading order; `numbers` are the truth's, `right` those
 * read exactly where their line was read.
 */
export function comparePage(truth, text) {
  const read = plain(text);
  let lineErrors = 0;
  let characters = 0;
  let numbers = 0;
  let right = 0;
  const wrong = [];
  for (const line of truth.lines) {
    const wanted = plain(line.text);
    characters += wanted.length;
    const found = nearest(wanted, read);
    lineErrors += found.errors;
    const printed = wanted.match(NUMBER) ?? [];
    numbers += printed.length;
    const rest = numbersIn(read, found);
    for (const number of printed) {
      const at = rest.indexOf(number);
      if (at < 0) wrong.push({ number, line: line.text, read: read.slice(found.start, found.end) });
      else {
        rest.splice(at, 1);
        right++;
      }
    }
  }
  const whole = plain(truth.lines.map((line) => line.text).join(""));
  return { characters, lineErrors, pageErrors: distance(whole, read), numbers, right, wrong };
}

/** Numbers of a stretch; one cut by its end is looked at as far as the line would have it. */
function numbersIn(text, { start, end }) {
  return text.slice(start, end).match(NUMBER) ?? [];
}

/** Sums the measures of pages, and gives their shares in percent. */
export function total(results) {
  const sum = (name) => results.reduce((all, each) => all + each[name], 0);
  const characters = sum("characters");
  return {
    pages: results.length,
    byLine: (100 * sum("lineErrors")) / characters,
    inOrder: (100 * sum("pageErrors")) / characters,
    numbers: sum("numbers") === 0 ? 100 : (100 * sum("right")) / sum("numbers"),
    wrong: sum("numbers") - sum("right"),
  };
}
