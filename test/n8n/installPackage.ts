import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { runCommand } from './runCommand';

interface Manifest {
	name: string;
	devDependencies?: unknown;
	peerDependencies?: unknown;
	optionalDependencies?: unknown;
	[field: string]: unknown;
}

/**
 * Packs the package in `source` as for publishing and installs it where n8n keeps community packages,
 * step by step as n8n does it (`downloadPackage` in its community-packages module): unpack, strip dev,
 * peer and optional dependencies, install the rest without scripts, shallow, without bin links.
 * Resolves to the folder of the installed package.
 */
export async function installPackage(source: string, userFolder: string): Promise<string> {
	const nodesFolder = path.join(userFolder, '.n8n/nodes');
	await mkdir(nodesFolder, { recursive: true });
	const packed = await runCommand(
		'npm',
		['pack', '--ignore-scripts', '--quiet', '--pack-destination', nodesFolder],
		{ cwd: source },
	);
	const tarball = path.join(nodesFolder, packed.trim().split('\n').at(-1) ?? '');

	const { name } = JSON.parse(
		await readFile(path.join(source, 'package.json'), 'utf8'),
	) as Manifest;
	const folder = path.join(nodesFolder, 'node_modules', name);
	await mkdir(folder, { recursive: true });
	await runCommand('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1'], {
		cwd: nodesFolder,
	});
	await rm(tarball);

	const manifestPath = path.join(folder, 'package.json');
	const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as Manifest;
	delete manifest.devDependencies;
	delete manifest.peerDependencies;
	delete manifest.optionalDependencies;
	await writeFile(manifestPath, JSON.stringify(manifest, null, 2));
	await runCommand(
		'npm',
		[
			'install',
			'--audit=false',
			'--fund=false',
			'--bin-links=false',
			'--install-strategy=shallow',
			'--ignore-scripts=true',
			'--package-lock=false',
			// Not n8n's, and without influence on the result: what npm has already is not fetched again.
			'--prefer-offline',
		],
		{ cwd: folder },
	);
	return folder;
}
