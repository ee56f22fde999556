/** A table in Markdown. Line breaks and bars in cells are made harmless. */
export function toMarkdownTable(head: string[], rows: string[][]): string {
	const toLine = (cells: string[]): string => `| ${cells.map(toCell).join(' | ')} |`;
	return [toLine(head), toLine(head.map(() => '---')), ...rows.map(toLine)].join('\n');
}

function toCell(text: string): string {
	return text.replace(/\s*\n\s*/g, ' ').replaceAll('|', '\\|');
}
