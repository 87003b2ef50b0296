import type { Document } from "./openapi.js";

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly additionalProperties?: Schema | boolean;
  readonly description?: string;
  readonly default?: unknown;
  readonly format?: string;
}
interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema?: Schema;
  readonly description?: string;
}
interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>;
  readonly description?: string;
}
interface Operation {
  readonly tags?: readonly string[];
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Content;
  readonly responses?: Readonly<Record<string, Content>>;
}

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const text = (value: unknown): string => String(value ?? "").replace(/[&<>"]/g, (char) => ENTITIES[char] as string);
const nameOf = (ref: string) => ref.split("/").at(-1) ?? ref;

/** A schema in a few words, with links to those that have a name. */
function told(schema: Schema | undefined): string {
  if (!schema) return "";
  if (schema.$ref) return `<a href="#${text(nameOf(schema.$ref))}">${text(nameOf(schema.$ref))}</a>`;
  if (schema.const !== undefined) return `<code>${text(JSON.stringify(schema.const))}</code>`;
  if (schema.enum) return schema.enum.map((value) => `<code>${text(JSON.stringify(value))}</code>`).join(" | ");
  const several = schema.anyOf ?? schema.oneOf;
  if (several) return several.map(told).join(" | ");
  if (schema.allOf) return schema.allOf.map(told).join(" &amp; ");
  if (schema.items) return `${told(schema.items)}[]`;
  if (schema.properties)
    return `{ ${Object.entries(schema.properties)
      .map(([name, of]) => `${text(name)}: ${told(of)}`)
      .join(", ")} }`;
  if (typeof schema.additionalProperties === "object") return `{ … : ${told(schema.additionalProperties)} }`;
  const types = [schema.type ?? "any"].flat().join(" | ");
  return text(schema.format ? `${types} (${schema.format})` : types);
}

const row = (cells: readonly string[]) => `<tr>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
const table = (heads: readonly string[], rows: readonly string[]) =>
  rows.length === 0
    ? ""
    : `<table><thead><tr>${heads.map((head) => `<th scope="col">${head}</th>`).join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;

const contentsOf = ({ content = {} }: Content) =>
  Object.entries(content)
    .map(([type, { schema }]) => `${/json$/.test(type) ? told(schema) : ""} <small>${text(type)}</small>`)
    .join("<br>");

function operation(
  method: string,
  path: string,
  { summary, description, parameters = [], requestBody, responses = {} }: Operation,
): string {
  const id = `${method}-${path}`.replace(/\W+/g, "-");
  return `<section id="${id}"><h3><code>${method.toUpperCase()} ${text(path)}</code></h3><p>${text(summary)}${description ? ` <small>${text(description)}</small>` : ""}</p>
${table(
  ["parameter", "in", "is", ""],
  parameters.map(({ name, in: place, required, schema, description: about }) =>
    row([
      `<code>${text(name)}</code>${required ? " *" : ""}`,
      text(place),
      told(schema),
      text(about ?? schema?.description),
    ]),
  ),
)}${requestBody ? `<p>Body: ${contentsOf(requestBody)}</p>` : ""}
${table(
  ["answer", "", "is"],
  Object.entries(responses).map(([status, response]) =>
    row([text(status), text(response.description), contentsOf(response)]),
  ),
)}</section>`;
}

function schema(name: string, of: Schema): string {
  const required = new Set(of.required ?? []);
  const fields = Object.entries(of.properties ?? {}).map(([field, each]) =>
    row([`<code>${text(field)}</code>${required.has(field) ? "" : " ?"}`, told(each), text(each.description)]),
  );
  return `<section id="${text(name)}"><h3>${text(name)}</h3>${of.description ? `<p>${text(of.description)}</p>` : ""}${fields.length > 0 ? table(["field", "is", ""], fields) : `<p>${told(of)}</p>`}</section>`;
}

/** The OpenAPI document as a page to be read: no script, nothing from elsewhere. */
export function referencePage(document: Document): string {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods as Record<string, Operation>).map(([method, each]) => ({ method, path, each })),
  );
  const tags = document.tags ?? [];
  const schemas = Object.entries((document.components?.schemas ?? {}) as Record<string, Schema>);
  const link = ({ method, path }: { method: string; path: string }) =>
    `<li><a href="#${`${method}-${path}`.replace(/\W+/g, "-")}"><code>${method.toUpperCase()} ${text(path)}</code></a></li>`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text(document.info.title)}: API</title><link rel="stylesheet" href="/reference.css"></head>
<body><header><h1>${text(document.info.title)}: API ${text(document.info.version)}</h1>${(
    document.info.description ?? ""
  )
    .split("\n\n")
    .map((part) => `<p>${text(part)}</p>`)
    .join("")}<p><a href="/openapi.json">openapi.json</a> (OpenAPI ${text(document.openapi)})</p></header>
<nav aria-label="Routes">${tags
    .map(({ name }) => {
      const own = operations.filter(({ each }) => each.tags?.includes(name));
      return `<details><summary>${text(name)}</summary><ul>${own.map(link).join("")}</ul></details>`;
    })
    .join("")}</nav>
<main>${tags
    .map(
      ({ name, description }) =>
        `<h2 id="tag-${text(name)}">${text(name)}</h2><p>${text(description)}</p>${operations
          .filter(({ each }) => each.tags?.includes(name))
          .map(({ method, path, each }) => operation(method, path, each))
          .join("")}`,
    )
    .join("")}
<h2>Schemas</h2>${schemas.map(([name, of]) => schema(name, of)).join("")}</main></body></html>`;
}

export const STYLE = `:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 70rem; margin: 0 auto; padding: 1rem; }
code { font-size: 0.9em; }
section { border-top: 1px solid color-mix(in srgb, currentColor 20%, transparent); padding: 0.5rem 0; overflow-x: auto; }
table { border-collapse: collapse; margin: 0.5rem 0; }
th, td { text-align: left; vertical-align: top; padding: 0.15rem 1rem 0.15rem 0; font-size: 0.9rem; }
small { opacity: 0.75; }
`;
