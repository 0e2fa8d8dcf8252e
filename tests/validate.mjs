// Asks the Open XML SDK about every n-th workbook in <folder>/workbooks; @ooxml-tools/validate lies in <folder>.
import { readFile, readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, every] = [process.argv[2], Number(process.argv[3])];
const module = join(resolve(folder), "node_modules/@ooxml-tools/validate/dist/npm/index.js");
const { default: validate } = await import(pathToFileURL(module));

const names = (await readdir(join(folder, "workbooks"))).filter((name) => name.endsWith(".xlsx")).sort();
const chosen = names.filter((_, index) => index % every === 0);
let found = 0;
for (const name of chosen) {
  const data = await readFile(join(folder, "workbooks", name));
  for (const fault of await validate(new Uint8Array(data), "xlsx")) {
    console.error(name, fault.path?.partUri, fault.description);
    found += 1;
  }
}
console.log(`${chosen.length} workbooks, ${found} findings`);
process.exitCode = chosen.length > 0 && found === 0 ? 0 : 1;
