/**
 * What users get: `npm run test:install` packs the package, installs it into an empty folder as n8n does,
 * without a lock file, and loads every file of it. Needs the registry, or what npm keeps of it.
 */
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findMachineNode } from '../findMachineNode';
import { installPackage } from '../n8n/installPackage';
import { Report } from '../n8n/Report';
import { runCommand } from '../n8n/runCommand';
import { measureInstall } from './measureInstall';
import { startRunner } from './startRunner';

const ROOT = path.resolve(__dirname, '../..');
const IN_N8N = ['nodes', 'credentials', 'contract'];
/** Without a lock file what is below our own dependencies moves on, and differs between platforms. */
const SIZE_TOLERANCE = 0.2;

async function load(node: string, folders: string[]): Promise<number> {
	const program = path.join(__dirname, 'loadFiles.mjs');
	const { count, failed } = JSON.parse(
		await runCommand(node, [program, ...folders], { cwd: tmpdir() }),
	) as { count: number; failed: Record<string, string> };
	const reasons = Object.entries(failed).map(([file, reason]) => `${file}: ${reason}`);
	if (reasons.length > 0)
		throw new Error(`${reasons.length} of ${count} files:\n${reasons.slice(0, 10).join('\n')}`);
	if (count === 0) throw new Error('There are no files');
	return count;
}

function assertSize(document: string, found: Record<'packages' | 'MB', number>): void {
	const text = readFileSync(path.join(ROOT, document), 'utf8');
	for (const unit of ['packages', 'MB'] as const) {
		const said = Number(new RegExp(`\\b(\\d+) ${unit}\\b`).exec(text)?.[1]);
		const isRight = Math.abs(said - found[unit]) <= found[unit] * SIZE_TOLERANCE;
		if (!isRight) throw new Error(`${document} says ${said} ${unit}, and there are ${found[unit]}`);
	}
}

async function prove(report: Report, userFolder: string): Promise<void> {
	let folder = '';
	const isInstalled = await report.promise('it installs with the flags that n8n uses', async () => {
		folder = realpathSync(await installPackage(ROOT, userFolder));
	});
	if (!isInstalled) return;
	// n8n brings this one, and nothing else that the nodes could find.
	mkdirSync(path.join(userFolder, 'node_modules'));
	symlinkSync(
		path.join(ROOT, 'node_modules/n8n-workflow'),
		path.join(userFolder, 'node_modules/n8n-workflow'),
	);
	const dist = path.join(folder, 'dist');
	const inN8n = IN_N8N.map((name) => path.join(dist, name));
	const { packages, mb } = measureInstall(folder);
	report.note(`${packages.length} packages, ${mb} MB on ${process.platform} ${process.arch}`);

	await report.promise('it is as large as README.md says', async () => {
		for (const document of ['README.md', 'README.hi.md']) {
			assertSize(document, { packages: packages.length, MB: mb });
		}
	});
	await report.promise('there is one copy of libsignal', async () => {
		const copies = packages.filter((name) => path.basename(name) === 'libsignal');
		if (copies.length !== 1) throw new Error(`There are ${copies.length}: ${copies.join(', ')}`);
	});
	const machine = findMachineNode();
	await report.promise(`every file that n8n loads does on Node ${machine.version}`, async () => {
		report.note(`${await load(machine.path, inN8n)} files`);
	});
	await report.promise(`every file does on Node ${process.versions.node}`, async () => {
		report.note(`${await load(process.execPath, [dist])} files`);
	});
	const main = path.join(dist, 'runner/main.js');
	await report.promise('the session runner says its version', async () => {
		const version = await runCommand(process.execPath, [main, '--version'], { cwd: tmpdir() });
		if (!/^\d+\.\d+\.\d+\n$/.test(version)) throw new Error(version);
	});
	await report.promise(
		'the session runner starts with an empty data folder, and ends',
		async () => {
			await startRunner(main, path.join(userFolder, 'data'));
		},
	);
}

async function run(): Promise<void> {
	const report = new Report();
	const userFolder = realpathSync(mkdtempSync(path.join(tmpdir(), 'install-')));
	try {
		await prove(report, userFolder);
	} finally {
		rmSync(userFolder, { recursive: true, force: true });
	}
	process.exit(report.end() ? 0 : 1);
}

void run();
