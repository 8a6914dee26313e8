/** The panel's views. */
export const tabs = ['now', 'tune', 'mind'] as const
export type Tab = (typeof tabs)[number]
