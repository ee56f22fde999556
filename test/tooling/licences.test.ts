import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockedPackage {
	version?: string;
	license?: string;
	dev?: boolean;
	devOptional?: boolean;
	hasInstallScript?: boolean;
	resolved?: string;
}

const lock = JSON.parse(readFileSync(join(__dirname, '../../package-lock.json'), 'utf8')) as {
	packages: Record<string, LockedPackage>;
};

/** What a user gets with the package, by name. */
const installed = Object.entries(lock.packages)
	.filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
	.map(([path, entry]) => ({ name: path.replace(/^.*node_modules\//, ''), ...entry }));

const PERMISSIVE = [
	'MIT',
	'ISC',
	'0BSD',
	'BSD-2-Clause',
	'BSD-3-Clause',
	'Apache-2.0',
	'BlueOak-1.0.0',
];

/** Licences that ask for something in return: named one by one, with the reason why they may be here. */
const NAMED: ReadonlyArray<{ name: RegExp; licence: RegExp; why: string }> = [
	{ name: /^libsignal$/, licence: /^GPL-3\.0$/, why: 'Baileys needs it; README names it' },
	{ name: /^@img\/sharp-/, licence: /LGPL-3\.0-or-later/, why: 'libvips, linked dynamically' },
	{ name: /^codec-parser$/, licence: /^LGPL-3\.0-or-later$/, why: 'unmodified, from npm' },
	{ name: /^@audio\/decode-aac$/, licence: /^GPL-2\.0$/, why: 'FAAD2, GPL-2.0-or-later; README' },
];

test('every package a user installs has a licence that allows it', () => {
	const questionable = installed
		.filter(({ license = 'none' }) => !PERMISSIVE.includes(license))
		.filter(
			({ name, license = 'none' }) =>
				!NAMED.some((row) => row.name.test(name) && row.licence.test(license)),
		)
		.map(({ name, license = 'none' }) => `${name}: ${license}`);
	expect(questionable).toEqual([]);
});

test('no package a user installs needs an install script: n8n runs none', () => {
	// Theirs check the version of Node and print a notice: nothing is missing without them.
	const allowed = ['protobufjs', '@whiskeysockets/baileys'];
	const scripted = installed.filter(({ hasInstallScript }) => hasInstallScript);
	expect(scripted.map(({ name }) => name).filter((name) => !allowed.includes(name))).toEqual([]);
});

test('what n8n installs does not float: it uses no lock file, so our own versions are exact', () => {
	const path = join(__dirname, '../../package.json');
	const { dependencies, overrides } = JSON.parse(readFileSync(path, 'utf8')) as {
		dependencies: Record<string, string>;
		overrides: Record<string, string>;
	};
	const asked = Object.entries({ ...dependencies, ...overrides });
	expect(asked.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
	// Baileys asks for a range; what is mended in it was read from this version.
	expect(overrides.libsignal).toBe(lock.packages['node_modules/libsignal']?.version);
});

test('the lock file carries no download addresses', () => {
	const addressed = Object.entries(lock.packages).filter(
		([, { resolved }]) => resolved !== undefined,
	);
	expect(addressed.map(([path]) => path)).toEqual([]);
});
