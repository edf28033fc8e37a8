// How the TypeScript client is made; scripts/sdk says from what and into where.
export default {
  input: process.env.OPENAPI,
  output: { path: process.env.OUTPUT, importFileExtension: ".js" },
  logs: { level: "silent", file: false },
  plugins: ["@hey-api/client-fetch", "@hey-api/typescript", "@hey-api/sdk"],
};
