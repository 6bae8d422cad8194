/** All that the portal says, in five languages: plain words for people who never saw Serai. */

const en = {
  language: 'Language', loading: 'Loading', again: 'Try again', back: 'Back', optional: '(may be left out)', sending: 'Sending…',
  kept: 'Nothing is lost: what you wrote is still here.', hurt: 'Somebody may get hurt',
  trouble: {
    gone: { title: 'This link is not good', text: 'It is over, or a part of it is missing. Ask the hotel for a new one.' },
    closed: { title: 'There is nothing more to answer', text: 'The hotel has closed this order or given it to somebody else.' },
    busy: { title: 'Too many tries', text: 'Wait a minute, then try again.' },
    offline: { title: 'No network', text: 'The hotel could not be reached. Look at your connection and try again.' },
    refused: { title: 'This could not be taken', text: 'Look at what you wrote and send it once more.' },
    server: { title: 'Something went wrong', text: 'It is not your fault. Try again in a moment.' },
  },
  severity: { low: 'Not urgent', medium: 'Soon', high: 'Urgent', critical: 'Very urgent' },
  trades: {
    plumbing: 'Plumbing', electrical: 'Electrical', hvac: 'Heating and cooling', lock: 'Locks', generator: 'Generator', water: 'Water',
    structural: 'Building', it: 'Internet and TV', furniture: 'Furniture', appliance: 'Appliances', safety: 'Safety', other: 'Other',
  },
  vendor: {
    order: 'Order', where: 'Where', kind: 'Kind of work', asked: 'Sent', answer: 'Your answer', when: 'When will you come?',
    otherTime: 'Another time?', come: 'I will come', sayTime: 'Say this time', cannot: 'I cannot', done: 'It is done',
    past: 'This time is over. Choose a later one.', comes: 'You said that you will come.',
    comesAt: (at: string) => `You will come: ${at}`, declined: 'You said that you cannot come. The hotel asks somebody else.',
    released: 'The hotel has given this order to somebody else.', finished: 'You said that it is done. Thank you!',
    sureCannot: 'You cannot come?', sureCannotText: 'The hotel will ask somebody else. You cannot take this back.',
    yesCannot: 'Yes, I cannot', noteCannot: 'Why not?', sureDone: 'Is it done?',
    sureDoneText: 'The hotel will look at it. You cannot take this back.', yesDone: 'Yes, it is done', noteDone: 'What did you do?',
  },
  fault: {
    title: 'What is wrong?', example: 'For example: the tap in the bathroom drips', empty: 'Please write what is wrong.',
    kind: 'What is it about?', photos: 'Photos', most: (n: string) => `(up to ${n})`, addPhoto: 'Add a photo', photo: (n: string) => `Photo ${n}`,
    remove: (n: string) => `Remove photo ${n}`, unread: 'This picture could not be read. Try another one.',
    badPhoto: 'The marked photo was not taken. Remove it and send again.', send: 'Send to the hotel', sendAgain: 'Send again',
    sendingPhoto: (n: string, of: string) => `Sending photo ${n} of ${of}…`, privacy: 'The hotel sees what you write here, not who you are.',
    thanks: 'Thank you!', thanksText: 'The hotel knows now.', number: 'Your report has the number', follow: 'See what happens',
    more: 'Report something else',
  },
  status: {
    title: 'Report', past: 'done', looked: (at: string) => `Looked at: ${at}.`, itself: 'This page renews itself.',
    step: { reported: 'Reported', scheduled: 'Planned', in_progress: 'In work', completed: 'Done' },
    text: {
      reported: 'The hotel has your report.', triaged: 'The hotel has looked at it.', scheduled: 'Somebody will take care of it.',
      in_progress: 'Somebody is working on it.', completed: 'It is done. Thank you for telling us!', cancelled: 'The hotel has closed this report.',
    },
  },
}
export type Words = typeof en

const fa: Words = {
  language: 'زبان', loading: 'در حال بارگذاری', again: 'دوباره', back: 'برگشت', optional: '(اختیاری)', sending: 'در حال فرستادن…',
  kept: 'چیزی گم نشد: نوشتهٔ شما هنوز اینجاست.', hurt: 'ممکن است کسی آسیب ببیند',
  trouble: {
    gone: { title: 'این لینک درست نیست', text: 'زمانش گذشته یا بخشی از آن کم است. از هتل لینک تازه بخواهید.' },
    closed: { title: 'دیگر جوابی لازم نیست', text: 'هتل این کار را بسته یا به کس دیگری داده است.' },
    busy: { title: 'تلاش زیاد شد', text: 'یک دقیقه صبر کنید، بعد دوباره امتحان کنید.' },
    offline: { title: 'شبکه نیست', text: 'به هتل وصل نشد. اینترنت خود را ببینید و دوباره امتحان کنید.' },
    refused: { title: 'پذیرفته نشد', text: 'نوشتهٔ خود را ببینید و یک بار دیگر بفرستید.' },
    server: { title: 'مشکلی پیش آمد', text: 'تقصیر شما نیست. کمی بعد دوباره امتحان کنید.' },
  },
  severity: { low: 'عجله نیست', medium: 'به‌زودی', high: 'فوری', critical: 'بسیار فوری' },
  trades: {
    plumbing: 'نل‌دوانی', electrical: 'برق', hvac: 'گرمی و سردی', lock: 'قفل', generator: 'جنراتور', water: 'آب',
    structural: 'ساختمان', it: 'انترنت و تلویزیون', furniture: 'فرنیچر', appliance: 'لوازم برقی', safety: 'ایمنی', other: 'دیگر',
  },
  vendor: {
    order: 'کار', where: 'کجا', kind: 'نوع کار', asked: 'فرستاده شد', answer: 'جواب شما', when: 'چه وقت می‌آیید؟',
    otherTime: 'وقت دیگر؟', come: 'می‌آیم', sayTime: 'اعلام همین وقت', cannot: 'نمی‌توانم', done: 'انجام شد',
    past: 'این وقت گذشته است. وقت دیرتری انتخاب کنید.', comes: 'گفتید که می‌آیید.',
    comesAt: (at) => `شما می‌آیید: ${at}`, declined: 'گفتید که نمی‌توانید بیایید. هتل از کس دیگری می‌خواهد.',
    released: 'هتل این کار را به کس دیگری داده است.', finished: 'گفتید که انجام شد. تشکر!',
    sureCannot: 'نمی‌توانید بیایید؟', sureCannotText: 'هتل از کس دیگری می‌خواهد. این را نمی‌توان پس گرفت.',
    yesCannot: 'بلی، نمی‌توانم', noteCannot: 'چرا نه؟', sureDone: 'انجام شد؟',
    sureDoneText: 'هتل آن را می‌بیند. این را نمی‌توان پس گرفت.', yesDone: 'بلی، انجام شد', noteDone: 'چه کردید؟',
  },
  fault: {
    title: 'چه مشکلی هست؟', example: 'مثلاً: شیردهن تشناب چکه می‌کند', empty: 'لطفاً بنویسید چه مشکلی هست.',
    kind: 'دربارهٔ چیست؟', photos: 'عکس‌ها', most: (n) => `(تا ${n})`, addPhoto: 'افزودن عکس', photo: (n) => `عکس ${n}`,
    remove: (n) => `برداشتن عکس ${n}`, unread: 'این عکس خوانده نشد. عکس دیگری را امتحان کنید.',
    badPhoto: 'عکس نشان‌شده پذیرفته نشد. آن را بردارید و دوباره بفرستید.', send: 'فرستادن به هتل', sendAgain: 'فرستادن دوباره',
    sendingPhoto: (n, of) => `فرستادن عکس ${n} از ${of}…`, privacy: 'هتل نوشتهٔ شما را می‌بیند، نه این را که شما کی هستید.',
    thanks: 'تشکر!', thanksText: 'هتل اکنون خبر دارد.', number: 'شمارهٔ گزارش شما:', follow: 'ببینید چه می‌شود',
    more: 'گزارش چیز دیگر',
  },
  status: {
    title: 'گزارش', past: 'انجام شد', looked: (at) => `آخرین بررسی: ${at}.`, itself: 'این صفحه خودش تازه می‌شود.',
    step: { reported: 'گزارش شد', scheduled: 'برنامه‌ریزی شد', in_progress: 'در جریان', completed: 'انجام شد' },
    text: {
      reported: 'گزارش شما به هتل رسید.', triaged: 'هتل آن را دیده است.', scheduled: 'کسی به آن رسیدگی می‌کند.',
      in_progress: 'کسی روی آن کار می‌کند.', completed: 'انجام شد. تشکر که خبر دادید!', cancelled: 'هتل این گزارش را بسته است.',
    },
  },
}

const ps: Words = {
  language: 'ژبه', loading: 'بارېږي', again: 'بیا هڅه', back: 'شاته', optional: '(اختیاري)', sending: 'لېږل کېږي…',
  kept: 'هېڅ ورک نه شول: ستاسو لیکنه لا دلته ده.', hurt: 'کېدای شي څوک زیانمن شي',
  trouble: {
    gone: { title: 'دا لینک سم نه دی', text: 'وخت یې تېر شوی یا یوه برخه یې کمه ده. له هوټل څخه نوی لینک وغواړئ.' },
    closed: { title: 'نور ځواب ته اړتیا نشته', text: 'هوټل دا کار تړلی یا یې بل چا ته ورکړی دی.' },
    busy: { title: 'ډېرې هڅې وشوې', text: 'یوه دقیقه صبر وکړئ، بیا هڅه وکړئ.' },
    offline: { title: 'شبکه نشته', text: 'له هوټل سره اړیکه ونه شوه. خپل انټرنېټ وګورئ او بیا هڅه وکړئ.' },
    refused: { title: 'ونه منل شو', text: 'خپله لیکنه وګورئ او یو ځل بیا یې ولېږئ.' },
    server: { title: 'ستونزه پېښه شوه', text: 'ستاسو ګناه نه ده. لږ وروسته بیا هڅه وکړئ.' },
  },
  severity: { low: 'بیړه نشته', medium: 'ژر', high: 'بیړنی', critical: 'ډېر بیړنی' },
  trades: {
    plumbing: 'نل‌دواني', electrical: 'برېښنا', hvac: 'تودوخه او سړښت', lock: 'قلف', generator: 'جنراتور', water: 'اوبه',
    structural: 'ودانۍ', it: 'انټرنېټ او تلویزیون', furniture: 'فرنیچر', appliance: 'برېښنايي توکي', safety: 'خوندیتوب', other: 'نور',
  },
  vendor: {
    order: 'کار', where: 'چېرته', kind: 'د کار ډول', asked: 'لېږل شوی', answer: 'ستاسو ځواب', when: 'څه وخت راځئ؟',
    otherTime: 'بل وخت؟', come: 'راځم', sayTime: 'همدا وخت ووایئ', cannot: 'نه شم راتلای', done: 'کار وشو',
    past: 'دا وخت تېر شوی دی. وروسته وخت وټاکئ.', comes: 'تاسو وویل چې راځئ.',
    comesAt: (at) => `تاسو راځئ: ${at}`, declined: 'تاسو وویل چې نه شئ راتلای. هوټل له بل چا غواړي.',
    released: 'هوټل دا کار بل چا ته ورکړی دی.', finished: 'تاسو وویل چې کار وشو. مننه!',
    sureCannot: 'نه شئ راتلای؟', sureCannotText: 'هوټل به له بل چا وغواړي. دا بېرته نه شئ اخیستلای.',
    yesCannot: 'هو، نه شم راتلای', noteCannot: 'ولې نه؟', sureDone: 'کار وشو؟',
    sureDoneText: 'هوټل به یې وګوري. دا بېرته نه شئ اخیستلای.', yesDone: 'هو، کار وشو', noteDone: 'څه مو وکړل؟',
  },
  fault: {
    title: 'څه ستونزه ده؟', example: 'د بېلګې په توګه: د تشناب نل څاڅي', empty: 'مهرباني وکړئ ولیکئ چې څه ستونزه ده.',
    kind: 'د څه په اړه ده؟', photos: 'عکسونه', most: (n) => `(تر ${n} پورې)`, addPhoto: 'عکس ور زیات کړئ', photo: (n) => `عکس ${n}`,
    remove: (n) => `عکس ${n} لرې کړئ`, unread: 'دا عکس ونه لوستل شو. بل عکس وآزمویئ.',
    badPhoto: 'نښه شوی عکس ونه منل شو. لرې یې کړئ او بیا ولېږئ.', send: 'هوټل ته یې ولېږئ', sendAgain: 'بیا یې ولېږئ',
    sendingPhoto: (n, of) => `عکس ${n} له ${of} څخه لېږل کېږي…`, privacy: 'هوټل ستاسو لیکنه ویني، خو دا نه چې تاسو څوک یاست.',
    thanks: 'مننه!', thanksText: 'هوټل اوس خبر دی.', number: 'ستاسو د خبر شمېره:', follow: 'وګورئ چې څه کېږي',
    more: 'د بل څه خبر ورکړئ',
  },
  status: {
    title: 'خبر', past: 'وشو', looked: (at) => `وروستۍ کتنه: ${at}.`, itself: 'دا پاڼه پخپله نوې کېږي.',
    step: { reported: 'خبر ورکړل شو', scheduled: 'پلان شو', in_progress: 'کار روان دی', completed: 'کار وشو' },
    text: {
      reported: 'ستاسو خبر هوټل ته ورسېد.', triaged: 'هوټل ورته کتلي دي.', scheduled: 'څوک به ورته رسېدنه وکړي.',
      in_progress: 'څوک پرې کار کوي.', completed: 'کار وشو. مننه چې خبر مو ورکړ!', cancelled: 'هوټل دا خبر تړلی دی.',
    },
  },
}

const ur: Words = {
  language: 'زبان', loading: 'لوڈ ہو رہا ہے', again: 'دوبارہ کوشش کریں', back: 'واپس', optional: '(ضروری نہیں)', sending: 'بھیجا جا رہا ہے…',
  kept: 'کچھ ضائع نہیں ہوا: آپ کا لکھا ہوا یہیں ہے۔', hurt: 'کسی کو چوٹ لگ سکتی ہے',
  trouble: {
    gone: { title: 'یہ لنک درست نہیں', text: 'اس کی مدت ختم ہو گئی یا اس کا کوئی حصہ کم ہے۔ ہوٹل سے نیا لنک مانگیں۔' },
    closed: { title: 'اب جواب کی ضرورت نہیں', text: 'ہوٹل نے یہ کام بند کر دیا ہے یا کسی اور کو دے دیا ہے۔' },
    busy: { title: 'بہت زیادہ کوششیں', text: 'ایک منٹ رکیں، پھر دوبارہ کوشش کریں۔' },
    offline: { title: 'نیٹ ورک نہیں ہے', text: 'ہوٹل سے رابطہ نہیں ہوا۔ اپنا انٹرنیٹ دیکھیں اور دوبارہ کوشش کریں۔' },
    refused: { title: 'یہ قبول نہیں ہوا', text: 'اپنا لکھا ہوا دیکھیں اور ایک بار پھر بھیجیں۔' },
    server: { title: 'کچھ غلط ہو گیا', text: 'آپ کی غلطی نہیں۔ تھوڑی دیر بعد دوبارہ کوشش کریں۔' },
  },
  severity: { low: 'جلدی نہیں', medium: 'جلد', high: 'فوری', critical: 'بہت فوری' },
  trades: {
    plumbing: 'پلمبنگ', electrical: 'بجلی', hvac: 'ہیٹنگ اور کولنگ', lock: 'تالے', generator: 'جنریٹر', water: 'پانی',
    structural: 'عمارت', it: 'انٹرنیٹ اور ٹی وی', furniture: 'فرنیچر', appliance: 'برقی آلات', safety: 'حفاظت', other: 'دیگر',
  },
  vendor: {
    order: 'کام', where: 'کہاں', kind: 'کام کی قسم', asked: 'بھیجا گیا', answer: 'آپ کا جواب', when: 'آپ کب آئیں گے؟',
    otherTime: 'کوئی اور وقت؟', come: 'میں آؤں گا', sayTime: 'یہ وقت بتائیں', cannot: 'میں نہیں آ سکتا', done: 'کام ہو گیا',
    past: 'یہ وقت گزر چکا ہے۔ بعد کا وقت چنیں۔', comes: 'آپ نے کہا کہ آپ آئیں گے۔',
    comesAt: (at) => `آپ آئیں گے: ${at}`, declined: 'آپ نے کہا کہ آپ نہیں آ سکتے۔ ہوٹل کسی اور سے کہے گا۔',
    released: 'ہوٹل نے یہ کام کسی اور کو دے دیا ہے۔', finished: 'آپ نے کہا کہ کام ہو گیا۔ شکریہ!',
    sureCannot: 'آپ نہیں آ سکتے؟', sureCannotText: 'ہوٹل کسی اور سے کہے گا۔ یہ واپس نہیں ہو سکتا۔',
    yesCannot: 'جی، نہیں آ سکتا', noteCannot: 'کیوں نہیں؟', sureDone: 'کام ہو گیا؟',
    sureDoneText: 'ہوٹل اسے دیکھے گا۔ یہ واپس نہیں ہو سکتا۔', yesDone: 'جی، کام ہو گیا', noteDone: 'آپ نے کیا کیا؟',
  },
  fault: {
    title: 'کیا خرابی ہے؟', example: 'مثلاً: باتھ روم کا نل ٹپک رہا ہے', empty: 'براہ کرم لکھیں کہ کیا خرابی ہے۔',
    kind: 'یہ کس بارے میں ہے؟', photos: 'تصاویر', most: (n) => `(${n} تک)`, addPhoto: 'تصویر شامل کریں', photo: (n) => `تصویر ${n}`,
    remove: (n) => `تصویر ${n} ہٹائیں`, unread: 'یہ تصویر پڑھی نہیں جا سکی۔ کوئی اور آزمائیں۔',
    badPhoto: 'نشان زدہ تصویر قبول نہیں ہوئی۔ اسے ہٹا کر دوبارہ بھیجیں۔', send: 'ہوٹل کو بھیجیں', sendAgain: 'دوبارہ بھیجیں',
    sendingPhoto: (n, of) => `${of} میں سے تصویر ${n} بھیجی جا رہی ہے…`, privacy: 'ہوٹل آپ کا لکھا ہوا دیکھتا ہے، یہ نہیں کہ آپ کون ہیں۔',
    thanks: 'شکریہ!', thanksText: 'ہوٹل کو اب معلوم ہے۔', number: 'آپ کی اطلاع کا نمبر:', follow: 'دیکھیں کیا ہوتا ہے',
    more: 'کچھ اور بتائیں',
  },
  status: {
    title: 'اطلاع', past: 'ہو گیا', looked: (at) => `آخری بار دیکھا گیا: ${at}۔`, itself: 'یہ صفحہ خود تازہ ہوتا ہے۔',
    step: { reported: 'اطلاع دی گئی', scheduled: 'منصوبہ بن گیا', in_progress: 'کام جاری', completed: 'کام ہو گیا' },
    text: {
      reported: 'آپ کی اطلاع ہوٹل کو مل گئی۔', triaged: 'ہوٹل نے اسے دیکھ لیا ہے۔', scheduled: 'کوئی اسے دیکھے گا۔',
      in_progress: 'کوئی اس پر کام کر رہا ہے۔', completed: 'کام ہو گیا۔ بتانے کا شکریہ!', cancelled: 'ہوٹل نے یہ اطلاع بند کر دی ہے۔',
    },
  },
}

const ar: Words = {
  language: 'اللغة', loading: 'جارٍ التحميل', again: 'حاول مجددًا', back: 'رجوع', optional: '(اختياري)', sending: 'جارٍ الإرسال…',
  kept: 'لم يضع شيء: ما كتبته ما زال هنا.', hurt: 'قد يتأذّى أحد',
  trouble: {
    gone: { title: 'هذا الرابط غير صالح', text: 'انتهت مدته أو ينقصه جزء. اطلب من الفندق رابطًا جديدًا.' },
    closed: { title: 'لم يعد هناك ما يُجاب عنه', text: 'أغلق الفندق هذا الطلب أو أعطاه لغيرك.' },
    busy: { title: 'محاولات كثيرة', text: 'انتظر دقيقة ثم حاول مجددًا.' },
    offline: { title: 'لا توجد شبكة', text: 'تعذّر الوصول إلى الفندق. تحقّق من اتصالك ثم حاول مجددًا.' },
    refused: { title: 'لم يُقبل هذا', text: 'راجع ما كتبته وأرسله مرة أخرى.' },
    server: { title: 'حدث خطأ', text: 'ليس الخطأ منك. حاول بعد قليل.' },
  },
  severity: { low: 'غير عاجل', medium: 'قريبًا', high: 'عاجل', critical: 'عاجل جدًا' },
  trades: {
    plumbing: 'سباكة', electrical: 'كهرباء', hvac: 'تدفئة وتبريد', lock: 'أقفال', generator: 'مولّد', water: 'ماء',
    structural: 'مبنى', it: 'إنترنت وتلفاز', furniture: 'أثاث', appliance: 'أجهزة', safety: 'سلامة', other: 'غير ذلك',
  },
  vendor: {
    order: 'الطلب', where: 'أين', kind: 'نوع العمل', asked: 'أُرسل', answer: 'جوابك', when: 'متى ستأتي؟',
    otherTime: 'وقت آخر؟', come: 'سآتي', sayTime: 'أبلغ بهذا الوقت', cannot: 'لا أستطيع', done: 'أُنجز العمل',
    past: 'مضى هذا الوقت. اختر وقتًا لاحقًا.', comes: 'قلت إنك ستأتي.',
    comesAt: (at) => `ستأتي: ${at}`, declined: 'قلت إنك لا تستطيع المجيء. سيطلب الفندق من غيرك.',
    released: 'أعطى الفندق هذا الطلب لغيرك.', finished: 'قلت إن العمل أُنجز. شكرًا!',
    sureCannot: 'ألا تستطيع المجيء؟', sureCannotText: 'سيطلب الفندق من غيرك. لا يمكن التراجع عن هذا.',
    yesCannot: 'نعم، لا أستطيع', noteCannot: 'لماذا؟', sureDone: 'هل أُنجز العمل؟',
    sureDoneText: 'سيعاينه الفندق. لا يمكن التراجع عن هذا.', yesDone: 'نعم، أُنجز', noteDone: 'ماذا فعلت؟',
  },
  fault: {
    title: 'ما المشكلة؟', example: 'مثلًا: صنبور الحمّام يقطر', empty: 'اكتب ما المشكلة من فضلك.',
    kind: 'بمَ يتعلق الأمر؟', photos: 'صور', most: (n) => `(حتى ${n})`, addPhoto: 'أضف صورة', photo: (n) => `صورة ${n}`,
    remove: (n) => `احذف الصورة ${n}`, unread: 'تعذّرت قراءة هذه الصورة. جرّب غيرها.',
    badPhoto: 'لم تُقبل الصورة المعلَّمة. احذفها وأرسل مجددًا.', send: 'أرسل إلى الفندق', sendAgain: 'أرسل مجددًا',
    sendingPhoto: (n, of) => `إرسال الصورة ${n} من ${of}…`, privacy: 'يرى الفندق ما تكتبه هنا، لا من أنت.',
    thanks: 'شكرًا!', thanksText: 'صار الفندق على علم.', number: 'رقم بلاغك:', follow: 'تابع ما يحدث',
    more: 'أبلغ عن شيء آخر',
  },
  status: {
    title: 'البلاغ', past: 'تمّ', looked: (at) => `آخر تحقّق: ${at}.`, itself: 'تتجدّد هذه الصفحة وحدها.',
    step: { reported: 'أُبلغ عنه', scheduled: 'خُطّط له', in_progress: 'قيد العمل', completed: 'أُنجز' },
    text: {
      reported: 'وصل بلاغك إلى الفندق.', triaged: 'اطّلع الفندق عليه.', scheduled: 'سيتولّى أحد أمره.',
      in_progress: 'هناك من يعمل عليه.', completed: 'أُنجز. شكرًا لإبلاغنا!', cancelled: 'أغلق الفندق هذا البلاغ.',
    },
  },
}

export const WORDS = { en, fa, ps, ur, ar } as const
