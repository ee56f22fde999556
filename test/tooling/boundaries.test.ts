import path from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';

const root = path.resolve(__dirname, '../..');

/** The repository's own configuration, without the rules that need the file to be on the disk. */
const eslint = new ESLint({ cwd: root, overrideConfig: [tseslint.configs.disableTypeChecked] });

/** The messages of the architecture's own rules about `code`, were it the content of `file`. */
async function lint(file: string, code: string): Promise<string[]> {
	const [result] = await eslint.lintText(code, { filePath: path.join(root, file) });
	const watched = /^project\/|^no-console$|^no-restricted-|no-extraneous|ban-ts-comment|^null$/;
	return (result?.messages ?? [])
		.filter((message) => watched.test(String(message.ruleId)))
		.map((message) => message.message);
}

const viaHttp = /never import runner\/: they reach it over HTTP/;
const viaHelpers = /requests through the n8n helpers only/;
const workflowOnly = /import n8n-workflow only/;
const knowsNoN8n = /runner\/ does not know n8n/;
const pure = /contract\/ is types and pure functions, no I\/O/;
const oneEngine = /Only runner\/whatsapp\/ imports Baileys and libsignal/;
const noProcess =
	/Only runner\/\{main,checkNode,config\}\.ts and nodes\/embedded\/ touch the process/;
const published = /Published code never imports test\//;
const noConsole = /Unexpected console statement/;
const reason = /A disabled rule is named and has its reason beside it/;

const action = 'nodes/ApiWhatsAppWeb/actions/message/sendText.operation.ts';

test.each<[file: string, code: string, message: RegExp]>([
	[action, `import { createRunner } from '../../../../runner/createRunner';`, viaHttp],
	[action, `export { createRunner } from '../../../../runner/createRunner';`, viaHttp],
	[action, `export * from '../../../../runner/createRunner';`, viaHttp],
	[action, `export const load = () => import('../../../../runner/createRunner');`, viaHttp],
	[action, `export const it = require('../../../../runner/createRunner');`, viaHttp],
	[action, `export const it = require.resolve('../../../../runner/main');`, viaHttp],
	[action, `export type It = import('../../../../runner/createRunner').Runner;`, viaHttp],
	[action, `import type { Runner } from '../../../../runner/createRunner';`, viaHttp],
	['nodes/embedded/startRunner.ts', `import '../../runner/main';`, viaHttp],
	['credentials/ApiWhatsAppWebApi.credentials.ts', `import '../runner/config';`, viaHttp],
	[action, `import axios from 'axios';`, viaHelpers],
	[action, `import { request } from 'node:https';`, viaHelpers],
	[action, `import { request } from 'http';`, viaHelpers],
	[action, `export const answer = fetch('https://example.com');`, /make no requests of their own/],
	['contract/routes.ts', `export const answer = fetch('x');`, /make no requests of their own/],
	[action, `import { WorkflowExecute } from 'n8n-core';`, workflowOnly],
	[action, `import type { WASocket } from '@whiskeysockets/baileys';`, oneEngine],
	['runner/http/routes/text.ts', `import '../../../nodes/embedded/startRunner';`, knowsNoN8n],
	['runner/createRunner.ts', `import '../credentials/ApiWhatsAppWebApi.credentials';`, knowsNoN8n],
	['runner/createRunner.ts', `import { NodeApiError } from 'n8n-workflow';`, knowsNoN8n],
	['runner/createRunner.ts', `import { Service } from '@n8n/di';`, knowsNoN8n],
	['contract/webhooks.ts', `import '../runner/config';`, pure],
	['contract/webhooks.ts', `import '../nodes/embedded/startRunner';`, pure],
	['contract/webhooks.ts', `import { readFileSync } from 'node:fs';`, pure],
	['contract/webhooks.ts', `import { request } from 'node:http';`, pure],
	['contract/webhooks.ts', `import axios from 'axios';`, pure],
	['runner/sessions/Session.ts', `import { proto } from '@whiskeysockets/baileys';`, oneEngine],
	['runner/storage/keys.ts', `import { SessionCipher } from 'libsignal';`, oneEngine],
	['runner/storage/keys.ts', `import { SessionCipher } from 'libsignal/src/session';`, oneEngine],
	['runner/createRunner.ts', `import { env } from 'node:process';`, noProcess],
	['runner/createRunner.ts', `export const port = process.env.AWW_PORT;`, noProcess],
	['runner/createRunner.ts', `export const port = globalThis.process.env.AWW_PORT;`, noProcess],
	['runner/http/main.ts', `process.exit(1);`, noProcess],
	[action, `export const port = process.env.N8N_PORT;`, noProcess],
	['contract/webhooks.ts', `export const now = process.hrtime();`, noProcess],
	['runner/createRunner.ts', `import '../test/simulator';`, published],
	['runner/createRunner.ts', `console.log('started');`, noConsole],
	[action, `console.log('sent');`, noConsole],
	['nodes/embedded/startRunner.ts', `console.error('no runner');`, noConsole],
	['runner/createRunner.ts', `import WebSocket from 'ws';`, /'ws' should be listed in the/],
	['test/x.test.ts', `// eslint-disable-next-line eqeqeq\nexport const same = 1 == 1;`, reason],
	['test/x.test.ts', `/* eslint-disable */\nexport const same = 1 == 1;`, reason],
	['test/x.test.ts', `/* eslint-disable -- everything */\nexport const same = 1 == 1;`, reason],
	['test/x.test.ts', `export const same = 1 == 1; // eslint-disable-line`, reason],
	[
		'test/x.test.ts',
		`// eslint-disable-next-line eqeqeq -- old\nexport {};`,
		/Unused eslint-disable/,
	],
	['test/x.test.ts', `// @ts-expect-error\nexport const one: string = 1;`, /description/],
])('%s is refused: %s', async (file, code, message) => {
	await expect(lint(file, code)).resolves.toContainEqual(expect.stringMatching(message));
});

test.each<[file: string, code: string]>([
	[action, `import { routes } from '../../../../contract';\nexport const it = routes;`],
	[action, `import { NodeApiError } from 'n8n-workflow';\nexport const it = NodeApiError;`],
	[action, `import { resolveRunner } from '../../../embedded/resolveRunner';\nresolveRunner();`],
	['nodes/embedded/startRunner.ts', `import { spawn } from 'node:child_process';\nspawn('node');`],
	['nodes/embedded/startRunner.ts', `export const { execPath } = process;`],
	['nodes/embedded/startRunner.ts', `export const answer = fetch('http://127.0.0.1');`],
	['nodes/embedded/startRunner.ts', `import { get } from 'node:http';\nget('http://127.0.0.1');`],
	['contract/signature.ts', `import { createHmac } from 'node:crypto';\nexport { createHmac };`],
	['contract/webhooks.ts', `export * from './events';`],
	[
		'runner/whatsapp/Socket.ts',
		`import { proto } from '@whiskeysockets/baileys';\nexport { proto };`,
	],
	['runner/whatsapp/Socket.ts', `import type { curve } from 'libsignal';\nexport type { curve };`],
	['runner/whatsapp/Socket.ts', `import { routes } from '../../contract';\nexport { routes };`],
	['runner/webhooks/deliver.ts', `import axios from 'axios';\nexport { axios };`],
	['runner/main.ts', `console.log(process.argv);`],
	['runner/config.ts', `export const env = process.env;`],
	['test/simulator/signal.ts', `import { curve } from 'libsignal';\nexport { curve };`],
	['test/endToEnd/x.test.ts', `import '../../runner/createRunner';\nprocess.exit();`],
	[
		'bench/naive.ts',
		`import makeWASocket from '@whiskeysockets/baileys';\nconsole.log(makeWASocket);`,
	],
	['test/x.test.ts', `// eslint-disable-next-line eqeqeq -- shown here\nexport const is = 1 == 1;`],
])('%s may say: %s', async (file, code) => {
	await expect(lint(file, code)).resolves.toEqual([]);
});
