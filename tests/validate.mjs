// Asks the Open XML SDK, by @ooxml-tools/validate in <tools>, about every n-th workbook of each folder:
// node tests/validate.mjs <tools> [<folder> <n>]…
import { readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [tools, ...folders] = process.argv.slice(2);
const module = join(resolve(tools), "node_modules/@ooxml-tools/validate/dist/npm/index.js");
const { default: validate } = await import(pathToFileURL(module));

const chosen = [];
for (let at = 0; at < folders.length; at += 2) {
  const names = (await readdir(folders[at])).filter((name) => /\.xls[xm]$/.test(name)).sort();
  chosen.push(...names.filter((_, index) => index % Number(folders[at + 1]) === 0).map((name) => join(folders[at], name)));
}
let found = 0;
for (const path of chosen) {
  for (const fault of await validate(new Uint8Array(await readFile(path)), "xlsx")) {
    console.error(path, fault.path?.partUri, fault.path?.xpath, fault.description);
    found += 1;
  }
}
console.log(`Open XML SDK: ${chosen.length} workbooks, ${found} findings`);
process.exitCode = chosen.length > 0 && found === 0 ? 0 : 1;
