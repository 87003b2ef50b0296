export * from "./codes.js";
export * from "./doc.js";
export * from "./matrix.js";
export * from "./offset-map.js";
export * from "./page.js";
export * from "./radicals.js";
export * from "./timing.js";
