import words from 'antd/es/locale/zh_CN';
import dayjs from 'dayjs';
import 'dayjs/locale/zh-cn';

/** antd's own words; pickers speak the language of dayjs as well. */
export function readAntdWords() {
  dayjs.locale('zh-cn');
  return words;
}
