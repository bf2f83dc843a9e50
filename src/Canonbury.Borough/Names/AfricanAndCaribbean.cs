namespace Canonbury.Borough.Names;

/// <summary>Names as in Africa and the Caribbean.</summary>
internal static class AfricanAndCaribbean
{
    public static IReadOnlyList<Origin> Origins { get; } =
    [
        Names.Origins.Of("Caribbean", 44, "M", "en",
            "Beverley Sharon Marcia Yvonne Jacqueline Sonia Paulette Natasha Chantelle Shanice Michelle Donna Angela Monica Hyacinth Merlene "
            + "Aaliyah Jada Keisha Tiana Winsome Pearl Blossom Icilda Leonie",
            "Winston Errol Delroy Leroy Trevor Desmond Clive Marlon Jermaine Tyrone Darnell Andre Dwayne Kieran Marcus Jerome Nathaniel Malachi "
            + "Carlton Neville Lloyd Glenroy Rohan Tyrell Isaiah",
            "Campbell Brown Williams Grant Francis Lewis Gordon Henry Morgan Reid Clarke Thompson Palmer Bailey Simpson Douglas Joseph Charles "
            + "McKenzie Blake Dacosta Pinnock Bogle Beckford St.Hilaire"),
        Names.Origins.Of("Somali", 34, "N", "so",
            "Amina Fadumo Hodan Sahra Halimo Ifrah Khadra Hibo Asha Zamzam Nimco Ayan Faduma Hawa Ubah Shukri Safiya Maryan Deqa Ikran Sagal "
            + "Hamdi Fowzia Rahma Idil",
            "Mohamed Abdi Ahmed Hassan Ali Abdullahi Omar Yusuf Ibrahim Mahad Liban Abdirahman Guled Farah Jama Mustafe Said Bashir Khadar "
            + "Warsame Zakariye Abdirizak Ismail Dahir Sharmarke",
            "Mohamed Ali Hassan Ahmed Abdi Omar Warsame Farah Yusuf Ibrahim Jama Abdullahi Osman Aden Hussein Nur Mohamud Isse Duale Elmi Hersi "
            + "Guled Egal Samatar Gedi"),
        Names.Origins.Of("Nigerian", 40, "N", "yo",
            "Ngozi Funmilayo Chioma Blessing Adaeze Folake Amaka Yetunde Bukola Chidinma Temitope Oluwaseun Ifeoma Abimbola Nkechi Titilayo "
            + "Adebola Chinyere Zainab Omolara Kemi Bisi Precious Patience Toluwani",
            "Emeka Olumide Chukwuma Tunde Babatunde Chinedu Ifeanyi Adebayo Segun Obinna Kunle Femi Ikechukwu Uche Oluwaseun Ayodele Musa "
            + "Ibrahim Kelechi Nnamdi Damilola Gbenga Tobi Emmanuel Sunday",
            "Okafor Adeyemi Okonkwo Adebayo Eze Balogun Ogunleye Nwosu Obi Afolabi Okoro Bello Olawale Chukwu Adeleke Ojo Okeke Akinola "
            + "Onyeka Uzor Ibrahim Abiola Oyelaran Nwachukwu Ekpo"),
        Names.Origins.Of("Ghanaian", 22, "N", "ak",
            "Abena Akosua Ama Efua Adwoa Akua Yaa Afia Esi Comfort Gifty Mercy Felicia Vida Georgina Akosuah Dzifa Naa Araba Serwaa Maame "
            + "Patience Grace Gloria Beatrice",
            "Kwame Kofi Kwabena Yaw Kwasi Kojo Kwadwo Kwaku Ebenezer Isaac Emmanuel Samuel Ekow Nana Kweku Fiifi Prince Eric Francis Joseph "
            + "Daniel Nii Edem Selorm Bright",
            "Mensah Owusu Boateng Asante Osei Appiah Agyeman Amoah Addo Annan Frimpong Ofori Antwi Sarpong Darko Acheampong Opoku Asamoah "
            + "Quaye Tetteh Lartey Adjei Yeboah Amponsah Badu"),
        Names.Origins.Of("Eritrean", 20, "N", "ti",
            "Selam Helen Rahel Saba Feven Senait Tsega Luwam Winta Almaz Mebrat Abrehet Letebrhan Yordanos Bisrat Hiwet Kisanet Semhar Rigat "
            + "Tirhas Nigisti Zebib Elsa Ruta Milena",
            "Yonas Tesfay Filmon Robel Samuel Dawit Mebrahtu Tekle Kidane Berhane Haile Habtom Isaias Amanuel Merhawi Aman Biniam Henok Yohannes "
            + "Natnael Solomon Ghirmay Tewolde Abel Mussie",
            "Tesfay Haile Gebremedhin Tekle Kidane Berhe Ghebreselassie Mehari Woldu Habte Abraha Tewolde Asfaha Kiflom Weldemichael Fessehaye "
            + "Zerai Araya Negash Okbazghi Ghebrehiwet Yohannes Mengistu Beyene Kahsay"),
        Names.Origins.Of("Congolese", 10, "N", "fr",
            "Marie Chantal Béatrice Clarisse Francine Nadine Sylvie Mireille Grâce Divine Esther Ruth Pascaline Solange Odette Antoinette Josée "
            + "Bijou Mamie Nicole Rachel Merveille Christelle Dorcas Naomie",
            "Jean Joseph Emmanuel Patrick Christian Dieudonné Papy Trésor Fabrice Serge Didier Cédric Héritier Gloire Daniel Moïse Samuel "
            + "Pascal Olivier Jonathan Elie Ézéchiel Josué Blaise Guy",
            "Mukendi Ilunga Kabongo Mbuyi Tshibangu Kalala Kasongo Mutombo Ngoy Kabila Mwamba Lukusa Banza Kazadi Mbala Nzuzi Makiese Lubaki "
            + "Matondo Mpiana Kanku Ngalula Bolamba Lumumba Nsimba"),
    ];
}
