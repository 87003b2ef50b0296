import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { FONT } from "./look.js";

/** No font that has Chinese characters is there to draw with. */
export class FontError extends Error {}

/** Pixels of the picture for one of the chart: sharp on screens of twice the density, and in print. */
const SCALE = 2;
const DPI = 72 * SCALE;

/**
 * Draws an SVG as PNG, with the fonts of the machine, or with `font` (a TTF or
 * OTF file) beside them. Throws FontError where none has Chinese characters,
 * rather than draw boxes.
 */
export async function toPng(svg: string, font?: string): Promise<Uint8Array> {
  // fontconfig looks at its files once, when the first text is drawn
  if (font !== undefined) process.env["FONTCONFIG_FILE"] = configWith(resolve(font));
  const { default: sharp } = await import("sharp");
  const probe = `<svg xmlns="http://www.w3.org/2000/svg" width="120" height="120"><rect width="120" height="120" fill="#fff"/><text x="20" y="85" style="font-size:72px;font-family:${FONT}">一</text></svg>`;
  const { data, info } = await sharp(Buffer.from(probe)).greyscale().raw().toBuffer({ resolveWithObject: true });
  if (!isStroke(data, info.width, info.channels))
    throw new FontError(
      font === undefined
        ? "no font with Chinese characters is installed, which a PNG is drawn with. Install one (Debian: apt install fonts-noto-cjk), name a TTF or OTF file with --font, or write an .svg, which is drawn by whoever opens it"
        : `${font} has no Chinese characters, or is no font`,
    );
  return sharp(Buffer.from(svg), { density: DPI }).png({ compressionLevel: 9, palette: true, quality: 95 }).toBuffer();
}

/** Whether the ink is one flat stroke, as 一 is: the box that stands for a missing character is as high as wide. */
function isStroke(pixels: Uint8Array, width: number, channels: number): boolean {
  let [left, right, top, bottom] = [Number.POSITIVE_INFINITY, -1, Number.POSITIVE_INFINITY, -1];
  for (let at = 0; at < pixels.length; at += channels) {
    if ((pixels[at] ?? 255) > 128) continue;
    const x = (at / channels) % width;
    const y = Math.floor(at / channels / width);
    [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
  }
  return right > left && bottom - top < (right - left) / 3;
}

function configWith(font: string): string {
  const folder = mkdtempSync(join(tmpdir(), "jianbao-fonts-"));
  const file = join(folder, "fonts.conf");
  const path = (text: string) => text.replace(/[&<>]/g, (char) => `&#${char.charCodeAt(0)};`);
  writeFileSync(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${path(dirname(font))}</dir><cachedir>${path(folder)}</cachedir></fontconfig>`,
  );
  return file;
}
