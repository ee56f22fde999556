import { ROUTES, type RouteName } from '../../contract';
import { readDocument } from './readDocument';

/** A route's section of docs/http-api.md: its curl call, and the answer that is shown. */
export interface ApiExample {
	route: RouteName;
	method: string;
	path: string;
	/** With shell variables. */
	url: string;
	headers: Record<string, string>;
	body: string | undefined;
	/** The fields of a multipart form; a value that begins with @ is the name of a file. */
	form: Array<[name: string, value: string]>;
	status: number;
	/** Undefined where the answer is described in words only. */
	answer: unknown;
}

/** Reads every `### METHOD /path` section, in order. Throws on one that has no curl call. */
export function readApiExamples(): ApiExample[] {
	return readDocument('docs/http-api.md')
		.split(/^(?=#{2,3} )/m)
		.flatMap((section) => {
			const [, method, path] = /^### `(GET|POST|PUT|PATCH|DELETE) (\S+)`/.exec(section) ?? [];
			return method && path ? [toExample(section, method, path)] : [];
		});
}

function toExample(section: string, method: string, path: string): ApiExample {
	const route = (Object.keys(ROUTES) as RouteName[]).find(
		(name) => ROUTES[name].method === method && ROUTES[name].path === path,
	);
	if (!route) throw new Error(`There is no route ${method} ${path}`);
	const command = /^```sh\n(curl[^]*?)^```/m.exec(section)?.[1]?.replace(/\\\n/g, ' ');
	if (!command) throw new Error(`${method} ${path} has no curl call`);
	const answer = /^```json\n([^]*?)^```/m.exec(section)?.[1];
	return {
		route,
		path,
		method: /-X (\w+)/.exec(command)?.[1] ?? 'GET',
		url: /"(\$(?:RUNNER|MEDIA_URL)[^"]*)"/.exec(command)?.[1] ?? '',
		headers: Object.fromEntries(
			[...command.matchAll(/-H ["']([^:"']+): ([^"']+)["']/g)].map(([, name, value]) => [
				name,
				value,
			]),
		) as Record<string, string>,
		body: /-d '([^']*)'/.exec(command)?.[1],
		form: [...command.matchAll(/-F '([^'=]+)=([^']*)'/g)].map(([, name = '', value = '']) => [
			name,
			value,
		]),
		status: Number(/^(\d{3})(?:,|$)/m.exec(section)?.[1] ?? 200),
		answer: answer === undefined ? undefined : JSON.parse(answer),
	};
}
