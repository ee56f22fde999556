import { SETTINGS } from '../../runner/config';
import { toMarkdownTable } from './toMarkdownTable';
import type { Translate } from './Translate';

/** The environment variables of the session runner. */
export function toSettingTable(translate: Translate): string {
	const head = ['Variable', 'Default', 'What it is'].map(translate);
	const rows = SETTINGS.map((setting) => [
		`\`${setting.name}\``,
		setting.default && `\`${setting.default.replaceAll(',', ', ')}\``,
		translate(setting.doc),
	]);
	return toMarkdownTable(head, rows);
}
