import Module from 'node:module';

/* Loaded before everything else: makes this Node one of a version in which ours could not be tried. */

const SQLITE = 'node:sqlite';
const version = process.env.PRETENDED_NODE ?? '20.20.2';
const [major = 0, minor = 0] = version.split('.').map(Number);

Object.defineProperty(process, 'versions', { value: { ...process.versions, node: version } });
Object.defineProperty(process, 'version', { value: `v${version}` });

if (major < 22 || (major === 22 && minor < 5)) {
	const loader = Module as unknown as { _load: (request: string, ...rest: unknown[]) => unknown };
	const load = loader._load.bind(Module);
	loader._load = (request, ...rest) => {
		if (request === SQLITE) throw new Error(`No such built-in module: ${SQLITE}`);
		return load(request, ...rest);
	};
	Object.defineProperty(process, 'getBuiltinModule', { value: () => undefined });
}
