import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { OLDEST_NODE, runsOnNode } from '../../../contract';
import { findMachineNode } from '../../findMachineNode';
import manifest from '../../../package.json';
import type { Seen } from './n8nProcess';

const ROOT = join(__dirname, '../../..');
const RUNNER = join(ROOT, 'dist/runner/main.js');
const PRETENDED = ['-r', join(__dirname, 'pretendOldNode.ts')];
const execute = promisify(execFile);

/** The machine's own Node where it is too old, else this one in the guise of one. */
const machine = findMachineNode();
const old = runsOnNode(machine.version)
	? { path: process.execPath, version: '20.20.2', args: PRETENDED }
	: { ...machine, args: [] };

describe('on a Node that is too old for the session runner', () => {
	let userFolder: string;
	let seen: Seen;

	beforeAll(async () => {
		userFolder = mkdtempSync(join(tmpdir(), 'old-node-'));
		const args = ['-r', '@swc-node/register', ...old.args, join(__dirname, 'n8nProcess.ts')];
		const { stdout } = await execute(old.path, args, {
			cwd: ROOT,
			env: { PATH: process.env.PATH, N8N_USER_FOLDER: userFolder, PRETENDED_NODE: old.version },
		});
		seen = JSON.parse(stdout) as Seen;
	}, 90_000);
	afterAll(() => rmSync(userFolder, { recursive: true }));

	it('n8n loads every file of the package that runs in its process', () => {
		const failed = Object.entries(seen.loaded).filter(([, outcome]) => outcome !== 'loaded');
		expect(failed).toEqual([]);
		const files = Object.keys(seen.loaded);
		expect(files).toEqual(
			expect.arrayContaining([manifest.main, ...manifest.n8n.nodes, ...manifest.n8n.credentials]),
		);
		expect(files.length).toBeGreaterThan(100);
	});

	it('the embedded session runner is refused in plain words, and nothing is started or written', () => {
		const { message, description, test } = seen.embedded;
		for (const text of [`${message} ${description}`, test]) {
			expect(text).toContain(`needs Node.js ${OLDEST_NODE} or newer`);
			expect(text).toContain(`this n8n runs on ${old.version}`);
			expect(text).toContain('Update n8n');
			expect(text).toContain('"Session Runner at a URL"');
			expect(text).not.toMatch(/sqlite|built-in|undefined/i);
		}
		expect(readdirSync(userFolder)).toEqual([]);
	});

	it('a session runner at a URL is used like anywhere else: credential test, text, file', () => {
		expect(seen.atUrl.test).toMatch(/^Linked to the number/);
		expect(seen.atUrl.answers).toEqual([
			expect.objectContaining({ messageId: 'MESSAGE1' }),
			expect.objectContaining({ messageId: 'MESSAGE2' }),
		]);
		expect(seen.atUrl.requests).toEqual(
			expect.arrayContaining(['POST /api/text', 'POST /api/image']),
		);
	});

	it.each([
		['like this machine’s', old.path, old.args, old.version],
		['that has SQLite already, but too little of it', process.execPath, PRETENDED, '22.15.1'],
	])(
		'the program says in one sentence which Node it needs: on one %s',
		async (_, node, args, version) => {
			const failure = await execute(node, ['-r', '@swc-node/register', ...args, RUNNER, '--help'], {
				cwd: ROOT,
				env: { PATH: process.env.PATH, PRETENDED_NODE: version },
			}).catch((error: unknown) => error);
			expect(failure).toMatchObject({
				code: 78,
				stdout: '',
				stderr: expect.stringMatching(
					new RegExp(
						`^The session runner needs Node\\.js ${OLDEST_NODE} or newer, and this is ${version}: [^\\n]+\\n$`,
					),
				),
			});
		},
	);
});

it('package.json asks for the same Node as the texts do', () => {
	expect(manifest.engines.node).toBe(`>=${OLDEST_NODE}`);
	expect(runsOnNode(`${OLDEST_NODE}.0`)).toBe(true);
	expect(['18.20.8', '20.20.2', '22.5.1', '22.15.1'].filter(runsOnNode)).toEqual([]);
	expect(['22.16.0', '22.21.0', '23.0.0', '24.21.0', '100.0.0'].every(runsOnNode)).toBe(true);
});
