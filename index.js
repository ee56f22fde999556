// n8n reads the nodes and credentials from the "n8n" section of package.json, never from here.
// The session runner is a program, not a library: `npx n8n-nodes-api-whatsapp-web`, see README.md.
module.exports = {};
