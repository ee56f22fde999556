import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const RUNNER = join(__dirname, '../../../../runner');
/** Where the statements on tables that grow are: repositories, and the rows of the deliveries. */
const HAS_STATEMENTS =
	/Repository\.ts$|^webhooks\/rows\/\w+\.ts$|(?:^|\/)(?:mergeLid|expireOld\w+)\.ts$/;

type Call = (...args: unknown[]) => unknown;
type Constructor = new (...args: unknown[]) => Record<string, Call>;

/** Every statement that the repositories have, also those that are yet to be written: all they export is called. */
export function collectStatements(): string[] {
	const statements = new Set<string>();
	const note = (sql: unknown) => statements.add(String(sql));
	const database = {
		get: (sql: unknown) => void note(sql),
		all: (sql: unknown) => (note(sql), []),
	};
	const files = readdirSync(RUNNER, { recursive: true, encoding: 'utf8' });
	for (const file of files.filter((name) => HAS_STATEMENTS.test(name))) {
		for (const call of toCalls(file, database)) noteResult(call(), note);
	}
	return [...statements];
}

function toCalls(file: string, database: object): Array<() => unknown> {
	// eslint-disable-next-line @typescript-eslint/no-require-imports -- whatever there is, not a list
	const exported = require(join(RUNNER, file)) as Record<string, unknown>;
	return Object.values(exported).flatMap((value) => {
		if (typeof value !== 'function') return [];
		return isClass(value)
			? toMethodCalls(value as Constructor, database)
			: toCallsOf(value as Call, database);
	});
}

/** Functions get the database first, if they get it at all. */
function toCallsOf(call: Call, database: object): Array<() => unknown> {
	return argumentLists(Math.max(call.length, 4)).flatMap((args) => [
		() => attempt(() => call(database, ...args)),
		() => attempt(() => call(...args)),
	]);
}

function toMethodCalls(type: Constructor, database: object): Array<() => unknown> {
	const instance = new type(database, anything());
	return Object.getOwnPropertyNames(type.prototype as object)
		.filter((name) => name !== 'constructor')
		.flatMap((name) =>
			argumentLists(5).map((args) => () => attempt(() => instance[name]?.(...args))),
		);
}

/** What takes something else than it is given says nothing. */
function attempt(call: () => unknown): unknown {
	try {
		return call();
	} catch {
		return undefined;
	}
}

/** With every option given, and with none. */
function argumentLists(count: number): unknown[][] {
	return [Array.from({ length: count }, () => anything()), ['a', {}, 'b', 1, 1], ['a', 1, 1, 1, 1]];
}

function noteResult(result: unknown, note: (sql: unknown) => void): void {
	if (Array.isArray(result)) for (const one of result) noteResult(one, note);
	else if (typeof result === 'object' && result !== null && 'sql' in result) note(result.sql);
}

function isClass(value: object): boolean {
	return Function.prototype.toString.call(value).startsWith('class');
}

/** Stands for any argument: has every property, is a list of one, and a number. */
function anything(): unknown {
	return new Proxy(() => anything(), {
		get: (_, key) => {
			if (key === Symbol.toPrimitive) return () => '1';
			if (key === Symbol.iterator) return [anything()][Symbol.iterator].bind([anything()]);
			if (key === 'map') return (toOther: Call) => [toOther(anything())];
			if (key === 'length') return 1;
			if (key === 'toJSON') return () => 1;
			if (key === 'isFromMe' || key === 'event' || key === 'state') return undefined;
			return anything();
		},
	});
}
