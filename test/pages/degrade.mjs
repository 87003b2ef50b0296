import sharp from "sharp";
import { randomOf } from "./random.mjs";

/**
 * What happens to a page on its way: the resolution it is rendered at, then a
 * scanner or camera. `skew` in degrees; `corners` moves the corners inwards by
 * shares of width and height (a photo taken aslant); `blur` in pixels; `noise`
 * the deviation in grey levels; `paper` and `ink` the grey of both; `bleed` the
 * share of the other side's ink that shines through; `shade` how much darker
 * the far corner is; `steep` how a copier hardens greys (levels around the
 * middle that it still tells apart); `specks` how many of a million pixels are
 * dirt. `poor` pages are read by a person without effort, `worst` with some.
 */
export const DEGRADATIONS = {
  clean: { dpi: 200 },
  clean150: { dpi: 150 },
  clean300: { dpi: 300 },
  scanned: { dpi: 200, skew: 0.6, blur: 0.6, noise: 5, paper: 240, ink: 35, jpeg: 72 },
  bleed: { dpi: 200, skew: -0.4, blur: 0.6, noise: 5, paper: 238, ink: 40, bleed: 0.14, jpeg: 70 },
  pale: { dpi: 200, skew: 0.3, blur: 0.7, noise: 4, paper: 225, ink: 135, jpeg: 72 },
  photo: {
    dpi: 200,
    blur: 0.8,
    noise: 5,
    paper: 228,
    ink: 45,
    corners: [0.02, 0.015, 0.035, 0.01],
    shade: 0.35,
    jpeg: 70,
  },
  poor: { dpi: 150, skew: 1.3, blur: 0.9, noise: 15, paper: 205, ink: 75, bleed: 0.1, jpeg: 40, poor: true },
  dim: {
    dpi: 150,
    blur: 0.9,
    noise: 11,
    paper: 190,
    ink: 60,
    corners: [0.015, 0.03, 0.01, 0.02],
    shade: 0.5,
    jpeg: 35,
    poor: true,
  },
  copied: {
    dpi: 150,
    skew: -0.9,
    blur: 0.9,
    noise: 24,
    paper: 215,
    ink: 60,
    steep: 22,
    specks: 150,
    jpeg: 60,
    poor: true,
  },
  faint: { dpi: 150, skew: 0.7, blur: 0.8, noise: 10, paper: 215, ink: 130, bleed: 0.08, jpeg: 45, poor: true },
  worst: { dpi: 150, skew: 1.3, blur: 1.1, noise: 20, paper: 205, ink: 85, bleed: 0.1, jpeg: 38, poor: true },
};

/**
 * Degrades a rendered page. Returns the image and the matrix that takes points
 * of the page (72 to the inch) to pixels of the image: [a b c; d e f; g h 1].
 */
export async function degrade(png, name, seed) {
  const how = DEGRADATIONS[name];
  const { data, info } = await sharp(png)
    .flatten({ background: "#fff" })
    .toColourspace("b-w")
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const scale = how.dpi / 72;
  if (!how.jpeg) {
    const image = await sharp(data, { raw: { width, height, channels: 1 } })
      .withMetadata({ density: how.dpi })
      .png({ palette: true, colours: 16, compressionLevel: 9, effort: 10, dither: 0 })
      .toBuffer();
    return { image, extension: "png", dpi: how.dpi, width, height, matrix: [scale, 0, 0, 0, scale, 0, 0, 0, 1] };
  }
  const grey = toned(data, width, height, how);
  const matrix = warpOf(width, height, how);
  const warped = warp(grey, width, height, matrix, how.paper);
  const soft = await sharp(warped, { raw: { width, height, channels: 1 } })
    .blur(how.blur)
    .toColourspace("b-w")
    .extractChannel(0)
    .raw()
    .toBuffer();
  const noisy = withNoise(soft, width, height, how, randomOf(seed * 7919 + 1));
  const image = await sharp(noisy, { raw: { width, height, channels: 1 } })
    .withMetadata({ density: how.dpi })
    .jpeg({ quality: how.jpeg })
    .toBuffer();
  const [a, b, c, d, e, f, g, h, i] = matrix;
  return {
    image,
    extension: "jpg",
    dpi: how.dpi,
    width,
    height,
    matrix: [a * scale, b * scale, c, d * scale, e * scale, f, g * scale, h * scale, i],
  };
}

/** Ink and paper in their greys, the other side shining through. */
function toned(data, width, height, { paper, ink, bleed = 0 }) {
  const out = Buffer.alloc(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const dark = 1 - data[y * width + x] / 255;
      // the other side: the page itself, mirrored and a little lower, softened by the paper
      const behind = bleed > 0 ? 1 - data[((y + 37) % height) * width + (width - 1 - x)] / 255 : 0;
      out[y * width + x] = paper - (paper - ink) * Math.max(dark, behind * bleed);
    }
  }
  return out;
}

/** Page pixels to image pixels: turned about the middle, or the corners drawn in. */
function warpOf(width, height, { skew = 0, corners }) {
  if (!corners) {
    const angle = (skew * Math.PI) / 180;
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const [x, y] = [width / 2, height / 2];
    return [cos, -sin, x - cos * x + sin * y, sin, cos, y - sin * x - cos * y, 0, 0, 1];
  }
  const [a, b, c, d] = corners;
  return homography(
    [
      [0, 0],
      [width, 0],
      [width, height],
      [0, height],
    ],
    [
      [width * a, height * b],
      [width * (1 - b), height * c],
      [width * (1 - a), height * (1 - d)],
      [width * c, height * (1 - a)],
    ],
  );
}

/** The projective map that takes four points to four others (Gauss, eight unknowns). */
export function homography(from, to) {
  const rows = from.flatMap(([x, y], at) => {
    const [u, v] = to[at];
    return [
      [x, y, 1, 0, 0, 0, -u * x, -u * y, u],
      [0, 0, 0, x, y, 1, -v * x, -v * y, v],
    ];
  });
  for (let column = 0; column < 8; column++) {
    const best = rows.slice(column).reduce((top, row) => (Math.abs(row[column]) > Math.abs(top[column]) ? row : top));
    rows.splice(rows.indexOf(best), 1);
    rows.splice(column, 0, best);
    for (const row of rows) {
      if (row === best) continue;
      const factor = row[column] / best[column];
      for (let at = column; at < 9; at++) row[at] -= factor * best[at];
    }
  }
  return [...rows.map((row, at) => row[8] / row[at]), 1];
}

export function inverse([a, b, c, d, e, f, g, h, i]) {
  const all = [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
  return all.map((value) => value / all[8]);
}

export function apply([a, b, c, d, e, f, g, h, i], x, y) {
  const w = g * x + h * y + i;
  return [(a * x + b * y + c) / w, (d * x + e * y + f) / w];
}

function warp(data, width, height, matrix, background) {
  const back = inverse(matrix);
  const out = Buffer.alloc(data.length, background);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [u, v] = apply(back, x, y);
      const [left, top] = [Math.floor(u), Math.floor(v)];
      if (left < 0 || top < 0 || left >= width - 1 || top >= height - 1) continue;
      const at = top * width + left;
      const [fx, fy] = [u - left, v - top];
      out[y * width + x] =
        (data[at] * (1 - fx) + data[at + 1] * fx) * (1 - fy) +
        (data[at + width] * (1 - fx) + data[at + width + 1] * fx) * fy;
    }
  }
  return out;
}

/** Grain of the sensor, specks of dust, and the light that falls off towards a corner. */
function withNoise(data, width, height, { noise, shade = 0, paper, ink, steep = 0, specks = noise * 2 }, random) {
  const middle = paper * 0.6 + ink * 0.4;
  const hardened = (value) => (steep > 0 ? ink + (paper - ink) / (1 + Math.exp((middle - value) / steep)) : value);
  const out = Buffer.alloc(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = 1 - shade * ((x / width) * 0.6 + (y / height) * 0.4) ** 2;
      const grain = (random() + random() + random() - 1.5) * 2 * noise;
      const speck = random() < specks * 1e-6 ? -120 : 0;
      out[y * width + x] = Math.max(0, Math.min(255, hardened(data[y * width + x] * light + grain + speck)));
    }
  }
  return out;
}
