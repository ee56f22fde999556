/**
 * The advertisement or post with a button to WhatsApp that brought somebody into the chat, as their phone
 * tells of it. Since 2026 many carry no more than that there was one: then all but a few fields are null.
 */
export interface AdvertisementDetails {
	/** Id of the advertisement or post at Meta. */
	sourceId: string | null;
	/** Such as `ad` or `post`. */
	sourceType: string | null;
	sourceUrl: string | null;
	/** Such as `facebook` or `instagram`. */
	sourceApp: string | null;
	title: string | null;
	body: string | null;
	/** The click, as Meta's Conversions API wants it back. */
	ctwaClid: string | null;
	/** Such as `FB_Ads`. */
	conversionSource: string | null;
}
