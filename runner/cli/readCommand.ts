import { parseArgs } from 'node:util';
import { USAGE } from './usage';

/** What somebody wants of the program. */
export type Command =
	| { name: 'start' | 'help' | 'version' }
	| { name: 'export'; instance: string; file: string; withMedia: boolean; isCopy: boolean }
	| { name: 'import'; file: string; newName: string | undefined };

/** Arguments that make no command; the message says what is wrong and what there is. */
export class UsageError extends Error {
	override readonly name = 'UsageError';

	constructor(problem: string) {
		super(`${problem}\n\n${USAGE}`);
	}
}

const OPTIONS = {
	help: { type: 'boolean', short: 'h' },
	version: { type: 'boolean', short: 'v' },
	media: { type: 'boolean' },
	copy: { type: 'boolean' },
	name: { type: 'string' },
} as const;

type Values = Partial<Record<'help' | 'version' | 'media' | 'copy', boolean>> & { name?: string };

/** Which options belong to which command. */
const ALLOWED: Record<string, ReadonlyArray<keyof Values>> = {
	start: [],
	export: ['media', 'copy'],
	import: ['name'],
};

/** Reads what follows the program's name. Throws UsageError. */
export function readCommand(args: readonly string[]): Command {
	const { values, positionals } = parse(args);
	if (values.help) return { name: 'help' };
	if (values.version) return { name: 'version' };
	const [name = 'start', ...rest] = positionals;
	const allowed = ALLOWED[name];
	if (!allowed) throw new UsageError(`There is no command "${name}".`);
	for (const option of Object.keys(values) as Array<keyof Values>) {
		if (!allowed.includes(option)) throw new UsageError(`${name} has no option --${option}.`);
	}
	return toCommand(name, rest, values);
}

function toCommand(name: string, operands: string[], values: Values): Command {
	const [first, second, ...others] = operands;
	if (name === 'export') {
		if (!first || !second || others.length > 0) {
			throw new UsageError('export takes the name or id of an instance, and a file.');
		}
		const { media: withMedia = false, copy: isCopy = false } = values;
		return { name, instance: first, file: second, withMedia, isCopy };
	}
	if (name === 'import') {
		if (!first || second !== undefined) throw new UsageError('import takes a file.');
		if (values.name?.trim() === '') throw new UsageError('--name takes a name.');
		return { name, file: first, newName: values.name?.trim() };
	}
	if (first !== undefined) throw new UsageError('start takes nothing else.');
	return { name: 'start' };
}

function parse(args: readonly string[]): { values: Values; positionals: string[] } {
	try {
		return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
	} catch (error) {
		throw new UsageError(error instanceof Error ? error.message : String(error));
	}
}
