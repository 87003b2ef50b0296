import type { ClippingDetail, Figure } from "../../../server/contract/index.js";
import { cropAddress, pageAddress } from "../../components/source-pane.js";

/** Addresses of pictures that were fetched; the browser keeps the pictures. */
const known = new Set<string>();

/** Has the browser fetch the pictures of a figure before it is shown. */
export function preloadPictures(detail: ClippingDetail, figure: Figure, hasCrop: boolean): void {
  const page = detail.pages.find(({ number }) => number === figure.page);
  for (const address of [page?.image ? pageAddress(page.image) : null, hasCrop ? cropAddress(figure.id) : null]) {
    if (address === null || known.has(address)) continue;
    known.add(address);
    const picture = new Image();
    picture.src = address;
  }
}
