// A worker whose pages say what it is to do.
process.on("message", ({ image, dpi }) => {
  const wish = Buffer.from(image).toString();
  if (wish === "hang") for (;;);
  if (wish === "crash") process.abort();
  if (wish === "fail") return process.send({ bytes: 1, reason: "damaged", detail: "no image" });
  const page = {
    engine: String(process.pid),
    width: dpi,
    height: dpi,
    outcome: "read",
    script: "latin",
    lines: [],
    rules: [],
    preparations: [],
  };
  const bytes = wish === "leak" ? 4e9 : 1;
  setTimeout(() => process.send({ bytes, page }), wish === "slow" ? 300 : 0);
});
process.on("disconnect", () => process.exit());
