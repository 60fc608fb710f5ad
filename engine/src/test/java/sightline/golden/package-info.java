/** The reference numbers in {@code src/test/resources/golden}; its README says what they are and how they were made. */
package sightline.golden;
