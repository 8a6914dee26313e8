/** The panel's views. */
export const tabs = ['now', 'tune', 'mind', 'rules', 'measure', 'health'] as const
export type Tab = (typeof tabs)[number]
