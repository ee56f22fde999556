import type { RouteName } from '../../../contract';

/** One call. Texts may hold `@@name@@`, which stands for something that is only known when it is made. */
export interface RouteCase {
	readonly route: RouteName;
	readonly method: string;
	/** With its parameters, and the query. */
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	/** Bytes stay as they are. */
	readonly body: string | readonly (string | Buffer)[] | undefined;
}

/** What the names in a case stand for right now. */
export type Words = Readonly<Record<string, string>>;

/** Puts the words in. */
export function fillIn(text: string, words: Words): string {
	return text.replaceAll(/@@(\w+)@@/g, (all, name: string) => words[name] ?? all);
}
