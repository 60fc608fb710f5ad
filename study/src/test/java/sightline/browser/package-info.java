/**
 * A real browser for tests of pages, over Chromium's DevTools protocol: no driver, no port, no network. Tests name
 * {@link sightline.browser.NeedsBrowser}, start {@link sightline.browser.Chromium} and open a {@link sightline.browser.Page}.
 */
package sightline.browser;
