import django.core.validators
import django.db.models.deletion
import nominees.core.lifecycle
from django.conf import settings
from django.db import migrations, models

from paritrana.kernel.first_tables import CreateModels


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('regions', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateModels([
            migrations.CreateModel(
                name='Edition',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('assessment_year', models.PositiveSmallIntegerField(unique=True, verbose_name='assessment year')),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('period_start', models.DateField(verbose_name='assessed from')),
                    ('period_end', models.DateField(verbose_name='assessed until')),
                    ('is_demo', models.BooleanField(default=False, help_text='Every page and paper says so.', verbose_name='demo edition')),
                ],
                options={
                    'ordering': ('-assessment_year',),
                    'constraints': [models.CheckConstraint(condition=models.Q(('period_end__gte', models.F('period_start'))), name='edition_period_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Round',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('edition', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rounds', to='nominees.edition')),
                    ('level', models.CharField(choices=[('provincial', 'Provincial'), ('national', 'National')], max_length=12)),
                    ('region', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='regions.region')),
                    ('state', models.CharField(choices=[('preparation', 'Preparation'), ('nomination', 'Nomination'), ('scoring', 'Scoring'), ('plenary', 'Plenary'), ('decided', 'Decided'), ('announced', 'Announced'), ('closed', 'Closed')], default=nominees.core.lifecycle.State['PREPARATION'], max_length=12)),
                    ('time_zone', models.CharField(choices=[('Asia/Jakarta', 'WIB'), ('Asia/Makassar', 'WITA'), ('Asia/Jayapura', 'WIT')], max_length=20, verbose_name='time zone')),
                    ('city', models.CharField(help_text='Where letters and minutes are signed.', max_length=60, verbose_name='city')),
                    ('interviews_from', models.DateField(blank=True, null=True, verbose_name='interviews from')),
                    ('interviews_until', models.DateField(blank=True, null=True, verbose_name='interviews until')),
                    ('ceremony_on', models.DateField(blank=True, null=True, verbose_name='ceremony on')),
                    ('ceremony_place', models.CharField(blank=True, max_length=120, verbose_name='ceremony place')),
                    ('practice', models.PositiveSmallIntegerField(default=0, help_text='0: the round that counts; above: never counted anywhere.', verbose_name='practice round')),
                ],
                options={
                    'ordering': ('-edition__assessment_year', models.OrderBy(models.F('region__code'), nulls_last=True), 'practice'),
                    'constraints': [models.UniqueConstraint(fields=('edition', 'region', 'practice'), name='round_once_per_region'), models.UniqueConstraint(condition=models.Q(('region', None)), fields=('edition', 'practice'), name='round_one_national'), models.CheckConstraint(condition=models.Q(models.Q(('level', 'national'), ('region', None)), models.Q(('level', 'provincial'), models.Q(('region', None), _negated=True)), _connector='OR'), name='round_region_fits_level'), models.CheckConstraint(condition=models.Q(('interviews_from', None), ('interviews_until', None), ('interviews_until__gte', models.F('interviews_from')), _connector='OR'), name='round_interviews_in_order')],
                },
            ),
            migrations.CreateModel(
                name='Zone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='zones', to='nominees.round')),
                    ('code', models.SlugField(max_length=40)),
                    ('name', models.CharField(max_length=120, verbose_name='name')),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('provinces', models.ManyToManyField(related_name='+', to='regions.region')),
                ],
                options={
                    'ordering': ('position', 'code'),
                    'constraints': [models.UniqueConstraint(fields=('round', 'code'), name='zone_code_once')],
                },
            ),
            migrations.CreateModel(
                name='Category',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='categories', to='nominees.round')),
                    ('code', models.SlugField(max_length=40)),
                    ('name', models.CharField(help_text='As printed, in Indonesian.', max_length=150, verbose_name='name')),
                    ('kind', models.CharField(choices=[('government', 'Regional government'), ('village', 'Village or kelurahan'), ('business', 'Business')], max_length=12, verbose_name='kind')),
                    ('sector', models.CharField(blank=True, choices=[('finance', 'Financial services'), ('trade', 'Trade and services, health included'), ('education', 'Education'), ('industry', 'Manufacturing, mining and construction'), ('agriculture', 'Agriculture, plantation, livestock and fishery')], max_length=12, verbose_name='sector')),
                    ('sizes', models.JSONField(blank=True, default=list, help_text='Size classes; empty: not a business.', verbose_name='sizes')),
                    ('places', models.PositiveSmallIntegerField(default=3, verbose_name='number of places')),
                    ('forward_quota', models.PositiveSmallIntegerField(default=1, verbose_name='forwarded to the national round')),
                    ('position', models.PositiveSmallIntegerField(default=0)),
                    ('zone', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='categories', to='nominees.zone')),
                    ('receives', models.SlugField(blank=True, max_length=40, verbose_name='takes winners of')),
                ],
                options={
                    'verbose_name_plural': 'categories',
                    'ordering': ('position', 'code'),
                    'constraints': [models.UniqueConstraint(fields=('round', 'code'), name='category_code_once'), models.CheckConstraint(condition=models.Q(('places__gte', 1), ('places__lte', 20)), name='category_places_in_range'), models.CheckConstraint(condition=models.Q(('forward_quota__lte', models.F('places'))), name='category_quota_within_places'), models.CheckConstraint(condition=models.Q(('kind', 'business'), models.Q(('sector', ''), ('sizes', [])), _connector='OR'), name='category_sector_only_for_business')],
                },
            ),
            migrations.CreateModel(
                name='Pool',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pools', to='nominees.round')),
                    ('code', models.SlugField(max_length=40)),
                    ('name', models.CharField(max_length=150, verbose_name='name')),
                    ('mode', models.CharField(choices=[('all', 'Everyone in its categories'), ('firsts', 'Only the firsts of its categories')], default='firsts', max_length=8, verbose_name='who takes part')),
                    ('places', models.PositiveSmallIntegerField(default=3, verbose_name='number of places')),
                    ('categories', models.ManyToManyField(related_name='pools', to='nominees.category')),
                ],
                options={
                    'ordering': ('code',),
                    'constraints': [models.UniqueConstraint(fields=('round', 'code'), name='pool_code_once')],
                },
            ),
            migrations.CreateModel(
                name='Nominee',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(choices=[('government', 'Regional government'), ('village', 'Village or kelurahan'), ('business', 'Business')], max_length=12)),
                    ('name', models.CharField(max_length=200, verbose_name='name')),
                    ('region', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominees', to='regions.region')),
                    ('is_practice', models.BooleanField(default=False, verbose_name='invented for practice')),
                ],
                options={
                    'ordering': ('name',),
                    'constraints': [models.UniqueConstraint(condition=models.Q(models.Q(('kind', 'business'), _negated=True), ('is_practice', False)), fields=('kind', 'region'), name='nominee_region_once')],
                },
            ),
            migrations.CreateModel(
                name='BusinessProfile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('nominee', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='business', to='nominees.nominee')),
                    ('legal_name', models.CharField(max_length=200, verbose_name='legal name')),
                    ('sector', models.CharField(choices=[('finance', 'Financial services'), ('trade', 'Trade and services, health included'), ('education', 'Education'), ('industry', 'Manufacturing, mining and construction'), ('agriculture', 'Agriculture, plantation, livestock and fishery')], max_length=12, verbose_name='sector')),
                    ('size_class', models.CharField(choices=[('micro', 'Micro'), ('small', 'Small'), ('medium', 'Medium'), ('large', 'Large')], max_length=8, verbose_name='size class')),
                    ('kbli', models.CharField(max_length=5, validators=[django.core.validators.RegexValidator('^\\d{5}$')], verbose_name='KBLI')),
                    ('nib', models.CharField(max_length=13, unique=True, validators=[django.core.validators.RegexValidator('^\\d{13}$')], verbose_name='NIB')),
                    ('bpjs_number', models.CharField(max_length=20, verbose_name='BPJS registration number')),
                ],
            ),
            migrations.CreateModel(
                name='Nomination',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='nominees.round')),
                    ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='nominees.category')),
                    ('nominee', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='nominations', to='nominees.nominee')),
                    ('number', models.PositiveIntegerField(help_text='Running number in the round.', verbose_name='number')),
                    ('status', models.CharField(choices=[('proposed', 'Proposed, not screened yet'), ('running', 'In the running'), ('outside', 'Outside the ranking'), ('withdrawn', 'Withdrawn'), ('rejected', 'Rejected at screening'), ('no_show', 'Did not come to the interview')], default='proposed', max_length=10, verbose_name='status')),
                    ('status_reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                    ('screened_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('screened_at', models.DateTimeField(blank=True, null=True)),
                    ('leader', models.CharField(blank=True, help_text='Head of region or of the business.', max_length=150, verbose_name='leader')),
                    ('summary', models.TextField(blank=True, verbose_name='summary')),
                    ('forwarded_from', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='forwarded_to', to='nominees.nomination')),
                    ('version', models.PositiveIntegerField(default=1)),
                    ('is_calibration', models.BooleanField(default=False, verbose_name='for calibration')),
                ],
                options={
                    'ordering': ('number',),
                    'constraints': [models.UniqueConstraint(fields=('round', 'nominee'), name='nomination_once_per_round'), models.UniqueConstraint(fields=('round', 'number'), name='nomination_number_once'), models.CheckConstraint(condition=models.Q(('status__in', ('proposed', 'running')), models.Q(('status_reason', ''), _negated=True), _connector='OR'), name='nomination_reason_when_not_running'), models.UniqueConstraint(condition=models.Q(('is_calibration', True)), fields=('category',), name='nomination_one_calibration'), models.CheckConstraint(condition=models.Q(('is_calibration', False), models.Q(('status__in', ('proposed', 'running')), _negated=True), _connector='OR'), name='nomination_calibration_never_competes')],
                },
            ),
            migrations.CreateModel(
                name='Contact',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('nomination', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='contact', to='nominees.nomination')),
                    ('person', models.CharField(blank=True, max_length=150, verbose_name='contact person')),
                    ('phone', models.CharField(blank=True, max_length=30, verbose_name='phone')),
                    ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail')),
                ],
            ),
            migrations.CreateModel(
                name='CountedIndicator',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='indicators', to='nominees.nomination')),
                    ('criterion', models.SlugField(max_length=60)),
                    ('count', models.PositiveBigIntegerField(verbose_name='count')),
                    ('base', models.PositiveBigIntegerField(verbose_name='out of')),
                    ('source', models.CharField(max_length=200, verbose_name='source')),
                    ('as_of', models.DateField(verbose_name='as of')),
                    ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('entered_at', models.DateTimeField()),
                ],
                options={
                    'ordering': ('criterion',),
                    'constraints': [models.UniqueConstraint(fields=('nomination', 'criterion'), name='indicator_once'), models.CheckConstraint(condition=models.Q(('base__gte', 1)), name='indicator_base_positive'), models.CheckConstraint(condition=models.Q(('count__lte', models.F('base'))), name='indicator_count_within_base')],
                },
            ),
            migrations.CreateModel(
                name='Evidence',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('nomination', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='nominees.nomination')),
                    ('criterion', models.SlugField(blank=True, max_length=60, verbose_name='criterion')),
                    ('title', models.CharField(max_length=150, verbose_name='title')),
                    ('kind', models.CharField(choices=[('file', 'File'), ('link', 'Link')], max_length=4)),
                    ('file', models.FileField(blank=True, upload_to='evidence/%Y/')),
                    ('media_type', models.CharField(blank=True, max_length=100)),
                    ('size', models.PositiveIntegerField(default=0)),
                    ('sha256', models.CharField(blank=True, max_length=64)),
                    ('address', models.URLField(blank=True, max_length=500, verbose_name='address')),
                    ('late_reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                    ('added_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('added_at', models.DateTimeField()),
                    ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                    ('withdrawn_reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ],
                options={
                    'ordering': ('nomination', 'pk'),
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('address', ''), ('kind', 'file'), models.Q(('file', ''), _negated=True), ('size__gte', 1), models.Q(('sha256', ''), _negated=True)), models.Q(('address__startswith', 'https://'), ('file', ''), ('kind', 'link'), ('sha256', ''), ('size', 0)), _connector='OR'), name='evidence_file_or_link'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at', None), ('withdrawn_by', None), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='evidence_withdrawn_with_reason'), models.UniqueConstraint(condition=models.Q(('kind', 'file'), ('withdrawn_at', None)), fields=('nomination', 'sha256'), name='evidence_file_once')],
                },
            ),
            migrations.CreateModel(
                name='ImportBatch',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('round', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='import_batches', to='nominees.round')),
                    ('file_name', models.CharField(max_length=200)),
                    ('sha256', models.CharField(max_length=64)),
                    ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('uploaded_at', models.DateTimeField()),
                    ('state', models.CharField(choices=[('refused', 'Has errors, nothing was written'), ('checked', 'Checked, waiting for confirmation'), ('applied', 'Imported'), ('discarded', 'Discarded')], max_length=10)),
                    ('rows', models.JSONField(default=list)),
                    ('problems', models.JSONField(default=list)),
                    ('applied_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('applied_at', models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    'verbose_name_plural': 'import batches',
                    'ordering': ('-uploaded_at', '-pk'),
                },
            ),
        ]),
    ]
