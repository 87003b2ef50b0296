/** Half-open ranges [from, to) of pdfjs-dist in which a PDF can run JavaScript, with the advisory. */
const UNSAFE_PDFJS: readonly (readonly [from: string, to: string, advisory: string])[] = [
  ["0.0.0", "4.2.67", "CVE-2024-4367"],
  ["5.6.83", "6.2.108", "CVE-2026-16633"],
];

const numberOf = (version: string): number => {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map((part) => Number.parseInt(part, 10));
  return major * 1e8 + minor * 1e4 + patch;
};

/** The advisory a version of pdfjs-dist falls under; undefined where none is known. */
export function isUnsafePdfjs(version: string): string | undefined {
  const number = numberOf(version);
  return UNSAFE_PDFJS.find(([from, to]) => number >= numberOf(from) && number < numberOf(to))?.[2];
}
