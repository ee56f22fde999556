import type { Language } from './documents';
import { toErrorTable } from './tables/errorTable';
import { toEventTable } from './tables/eventTable';
import { toOperationTable } from './tables/operationTable';
import { toPromiseTable } from './tables/promiseTable';
import { toRouteTable } from './tables/routeTable';
import { toSampleBodies } from './tables/sampleBodies';
import { toSettingTable } from './tables/settingTable';
import { toHindi } from './tables/toHindi';
import type { Translate } from './tables/Translate';
import { toDeedTable, toKindTable } from './tables/vocabularyTable';

/** The generated parts by the name that stands in their markers. */
const PARTS: Record<string, (translate: Translate) => string> = {
	operations: toOperationTable,
	events: toEventTable,
	settings: toSettingTable,
	routes: toRouteTable,
	errors: toErrorTable,
	bodies: toSampleBodies,
	kinds: toKindTable,
	deeds: toDeedTable,
	promises: toPromiseTable,
};

const TRANSLATIONS: Record<Language, Translate> = { en: (text) => text, hi: toHindi };

const BETWEEN_MARKERS =
	/(<!-- prettier-ignore-start -->\n<!-- generated: (\w+) .*-->\n)[^]*?(<!-- prettier-ignore-end -->)/g;

/** The document with each generated part as the code has it now. Throws on an unknown part. */
export function fillTables(document: string, language: Language): string {
	return document.replace(BETWEEN_MARKERS, (_, start: string, name: string, end: string) => {
		const toPart = PARTS[name];
		if (!toPart) throw new Error(`There is no generated part named "${name}"`);
		return `${start}\n${toPart(TRANSLATIONS[language])}\n\n${end}`;
	});
}
