/** Nothing in a bundle rests on fewer distinct customers than this. */
export const minCustomers = 5
