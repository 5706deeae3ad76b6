// A whole address as people paste it, taken apart. Pure; what the text does not say is null.
import type { customers as contract } from '@tongshang/contract';
import { findRegion, type Region, weight } from './find-region.ts';

type RecognisedAddress = contract.RecognisedAddress;

const mobile = /(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)/;
const landline = /(?<!\d)(0\d{2,3}[- ]?\d{7,8})(?!\d)/;
const nameLabel =
  /(?:收货人|收件人|联系人|姓名|name)+\s*:?\s*([\p{Script=Han}·]{2,15}|[a-z][a-z .'-]{1,30})(?![\p{Script=Han}a-z])/iu;
const labels =
  /(?:收货人|收件人|联系人|姓名|手机号码|手机号|联系电话|联系方式|电话号码|手机|电话|所在地区|省市区|地区|详细地址|收货地址|收件地址|街道地址|地址|邮政编码|邮编|tel|phone|address)\s*:\s*/gi;
/** Stands where the phone stood: a name is often beside it. */
const phoneMark = '☎';

/** Takes a pasted address apart: name, phone, division, and what is left as the detail. */
export function recogniseAddress(text: string): RecognisedAddress {
  const withoutPhone = takePhone(text.normalize('NFKC'));
  const labelled = takeLabelledName(withoutPhone.rest);
  const tokens = tokensOf(labelled.rest);

  const place = placeRegion(tokens);
  const before = place ? [...tokens.slice(0, place.index), place.glued].filter((token) => token !== '') : [];
  const after = place ? dropLetters(tokens.slice(place.index), place.glued.length + place.region.length) : tokens;
  const found = labelled.name === undefined ? takeName(before, after) : { name: labelled.name, rest: [...before, ...after] };

  const { province, city, district } = place?.region ?? {};
  return {
    name: found.name ?? null,
    phone: withoutPhone.phone ?? null,
    districtCode: district?.code ?? null,
    province: province?.name ?? null,
    city: city?.name ?? null,
    district: district?.name ?? null,
    detail: found.rest.filter((token) => token !== phoneMark).join(' '),
  };
}

function takePhone(text: string): { rest: string; phone: string | undefined } {
  const found = mobile.exec(text) ?? landline.exec(text);
  if (found === null) return { rest: text, phone: undefined };
  return { rest: text.replace(found[0], ` ${phoneMark} `), phone: found[1]?.replaceAll(/[- ]/g, '') };
}

/** `收货人: 张三`. A label with more behind it than a name can be is left to the other signs. */
function takeLabelledName(text: string): { rest: string; name: string | undefined } {
  const found = nameLabel.exec(text);
  const name = found?.[1]?.trim();
  if (found === null || name === undefined || !isNameLike(name)) return { rest: text, name: undefined };
  return { rest: text.replace(found[0], ' '), name };
}

/** Parts between spaces and commas; six digits alone are a postcode, and Latin words beside each other stay together. */
const tokensOf = (text: string): string[] =>
  text
    .replaceAll(labels, ' ')
    .replaceAll(/([a-z.'])\s+(?=[a-z])/gi, '$1_')
    .split(/[\s,;|、。()]+/)
    .map((token) => token.replaceAll('_', ' '))
    .filter((token) => token !== '' && !/^\d{6}$/.test(token));

interface Place {
  index: number;
  /** What stands before the region without a space between. */
  glued: string;
  region: Region;
}

/** Where the fullest region begins: at the start of a part, or right behind a name glued to it. */
function placeRegion(tokens: readonly string[]): Place | undefined {
  const places = tokens.flatMap((token, index) =>
    [
      '',
      ...[2, 3, 4].map((length) => token.slice(0, length)).filter((glued) => glued.length < token.length && hasSurname(glued)),
    ].flatMap((glued): Place[] => {
      const region = findRegion(
        tokens
          .slice(index)
          .filter((one) => one !== phoneMark)
          .join('')
          .slice(glued.length),
      );
      return region ? [{ index, glued, region }] : [];
    }),
  );
  return places.reduce<Place | undefined>(
    (best, one) => (best === undefined || weight(one.region) > weight(best.region) ? one : best),
    undefined,
  );
}

/** The parts without their first so many letters; the phone's mark counts none. */
function dropLetters(tokens: readonly string[], count: number): string[] {
  let left = count;
  return tokens.flatMap((token) => {
    if (token === phoneMark) return [token];
    const dropped = Math.min(left, token.length);
    left -= dropped;
    return dropped === token.length ? [] : [token.slice(dropped).replace(/^[-/·>]+/, '')];
  });
}

/**
 * The name: a part before the region, beside the phone, or at the end. A surname counts more than a place; without one only the first
 * two places convince. Last, a name glued to the end of the street.
 */
function takeName(before: readonly string[], after: readonly string[]): { name: string | undefined; rest: string[] } {
  const all = [...before, ...after];
  const phoneAt = all.indexOf(phoneMark);
  const nearby = [...before.keys(), ...(phoneAt < 0 ? [] : [phoneAt - 1, phoneAt + 1])];
  const at =
    [...nearby, all.length - 1, 0].find((index) => isNameLike(all[index]) && (hasSurname(all[index]) || isLatin(all[index]))) ??
    nearby.find((index) => isNameLike(all[index]));
  if (at !== undefined) return { name: all[at]?.replace(/收$/, ''), rest: all.filter((_, index) => index !== at) };

  const streetAt = phoneAt > 0 ? phoneAt - 1 : all.length - 1;
  const [, street, name] = /^(.*[\d号室楼层幢栋座元户弄])(\p{Script=Han}{2,4})$/u.exec(all[streetAt] ?? '') ?? [];
  if (street !== undefined && hasSurname(name) && isNameLike(name)) return { name, rest: all.with(streetAt, street) };
  return { name: undefined, rest: all };
}

const isLatin = (token = ''): boolean => /^[a-z]/i.test(token);
const placeEnding = /[省市区县镇乡村路街道巷弄号栋幢座楼层室户组队园苑城厦院店站场门口]$/;

/** Two to four Han letters, `阿·买提`, or Latin words; nothing that ends like a place. */
function isNameLike(token = ''): boolean {
  if (/^[a-z][a-z .'-]{1,30}$/i.test(token)) return true;
  const name = token.replace(/(?:先生|女士|小姐|老师|收)$/, '');
  if (/^\p{Script=Han}+(?:·\p{Script=Han}+)+$/u.test(name)) return name.length <= 15;
  return /^\p{Script=Han}{1,4}$/u.test(name) && token.length >= 2 && !placeEnding.test(name);
}

const surnames = new Set(
  Array.from(
    '王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁芮都普阙浦戈伏鹿薄邸雍辜羊阿乌母裘亓修邰赫杭况那宿鲜印逯隆茹诺战慕危玉银亢嵇公哈湛宾戎勾茅利於呼居揭干但尉冶斯元束檀衣信展阴昝智幸奉植衡富尧闭由',
  ),
);
const doubleSurname = /^(?:欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|夏侯|南宫|独孤|端木|百里)/;
const hasSurname = (token = ''): boolean => surnames.has(token.slice(0, 1)) || doubleSurname.test(token);
