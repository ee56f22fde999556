/** Gives the text in the language of the document; the text itself where there is no translation. */
export type Translate = (text: string) => string;
