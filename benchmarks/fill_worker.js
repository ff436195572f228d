// One JavaScript tool, one size: the protocol of fill_worker.py.
const fs = require("fs");
const os = require("os");
const path = require("path");
const readline = require("readline");

const [tool, templatePath, dataPath] = process.argv.slice(2);
const data = JSON.parse(fs.readFileSync(dataPath, "utf8"));
data.points = data.points.map((text) => ({ text }));

function docxtemplater() {
  const PizZip = require("pizzip");
  const Docxtemplater = require("docxtemplater");
  const content = fs.readFileSync(templatePath);
  return async () => {
    const document = new Docxtemplater(new PizZip(content), { paragraphLoop: true });
    document.render(data);
    return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
  };
}

function carbone() {
  const engine = require("carbone");
  engine.set({ tempPath: path.join(os.tmpdir(), "docgen-carbone") });
  return () =>
    new Promise((resolve, reject) =>
      engine.render(templatePath, data, (error, result) => (error ? reject(error) : resolve(result))),
    );
}

async function main() {
  const fill = { docxtemplater, carbone }[tool]();
  for await (const _line of readline.createInterface({ input: process.stdin })) {
    const started = process.hrtime.bigint();
    const result = await fill();
    const ms = Number(process.hrtime.bigint() - started) / 1e6;
    const peak = process.resourceUsage().maxRSS / 1024;
    console.log(JSON.stringify({ ms, size: result.length, peak }));
    if (process.env.SAVE) fs.writeFileSync(process.env.SAVE, result);
  }
  process.exit(0);
}

main();
