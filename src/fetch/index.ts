export { type Fetched, isAddress, keepFetched } from "./keep.js";
export { isPublic, type Network } from "./public.js";
