import { ROUTES } from '../../contract';
import { toMarkdownTable } from './toMarkdownTable';
import type { Translate } from './Translate';

const KEYS = { instance: 'instance or admin', admin: 'admin', public: 'none' };

/** Every route, the key that opens it, and whether the hosted service documents it too. */
export function toRouteTable(translate: Translate): string {
	const head = ['Route', 'What it does', 'Key', 'Hosted service'].map(translate);
	const rows = Object.entries(ROUTES).map(([name, { method, path, summary, access, hosted }]) => [
		`\`${method} ${path}\``,
		summary,
		KEYS[access],
		toPromise(name, hosted),
	]);
	return toMarkdownTable(head, rows);
}

function toPromise(name: string, isHosted: boolean): string {
	if (!isHosted) return '';
	return name === 'setWebhook' ? 'documented for `sent`' : 'documented';
}
