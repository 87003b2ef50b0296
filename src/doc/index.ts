export * from "./codes.js";
export * from "./doc.js";
export * from "./offset-map.js";
