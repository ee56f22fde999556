/** The names of U+00A0 to U+00FF, in their order. */
const LATIN =
	'nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 ' +
	'sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc ' +
	'Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve ' +
	'Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute ' +
	'acirc atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ' +
	'ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute thorn yuml';

const CHARACTERS = new Map<string, string>([
	...LATIN.split(' ').map((name, at): [string, string] => [name, String.fromCharCode(160 + at)]),
	...Object.entries({
		amp: '&',
		lt: '<',
		gt: '>',
		quot: '"',
		apos: "'",
		ndash: '–',
		mdash: '—',
		lsquo: '‘',
		rsquo: '’',
		sbquo: '‚',
		ldquo: '“',
		rdquo: '”',
		bdquo: '„',
		lsaquo: '‹',
		rsaquo: '›',
		hellip: '…',
		bull: '•',
		euro: '€',
		trade: '™',
		OElig: 'Œ',
		oelig: 'œ',
		Scaron: 'Š',
		scaron: 'š',
	}),
]);

/** `&amp;`, `&#39;` and `&#x27;` as the characters they stand for. Names that titles have no use for stay as they are. */
export function decodeEntities(text: string): string {
	return text.replace(
		/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([A-Za-z]\w{1,7}));/g,
		(entity, decimal?: string, hex?: string, name?: string) => {
			if (name !== undefined) return CHARACTERS.get(name) ?? entity;
			return toCharacter(decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal));
		},
	);
}

/** What is no character is U+FFFD, as in browsers. */
function toCharacter(code: number): string {
	const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
	return isCharacter ? String.fromCodePoint(code) : '\ufffd';
}
