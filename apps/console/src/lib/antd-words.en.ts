import words from 'antd/es/locale/en_US';
import dayjs from 'dayjs';

/** antd's own words; pickers speak the language of dayjs as well. */
export function readAntdWords() {
  dayjs.locale('en');
  return words;
}
